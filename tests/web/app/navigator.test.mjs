/* 专利检索: the query while it is typed, hits and facets, what is done with them, documents, watches. */
import { readFileSync } from 'node:fs'
import { address, axe, check, equal, expectErrors, open, session, settleDown, shot, shots } from './harness.mjs'

const at = query => `/navigator?q=${encodeURIComponent(query)}`
const bar = page => page.getByRole('textbox', { name: '检索式' })
const count = page => page.locator('.found')

async function textOf(download) {
	return readFileSync(await download.path(), 'utf8')
}

async function foundOn(page) {
	await page.waitForFunction(() => /\d/.test(document.querySelector('.found')?.textContent ?? ''))
	return Number((await count(page).textContent()).replace(/\D/g, ''))
}

export const tests = {
	'the top bar leads to the hits, and the navigator shows all there is': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/')
		await page.keyboard.press('/')
		await page.keyboard.type('飞行器')
		await page.keyboard.press('Enter')
		await page.waitForURL(url => url.pathname === '/navigator' && url.searchParams.get('q') === '飞行器')
		check(await foundOn(page) > 0, 'the top bar found nothing')
		check(await page.locator('.hits mark').count() > 0, 'no word is marked')
		await open(page, '/navigator')
		check(await foundOn(page) > 10_000, 'not everything is listed')
		await shots(page, 'navigator-all')
		await page.close()
	},

	'fields and values are proposed, a fault is underlined and mended, by keys alone': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/navigator')
		await bar(page).focus()
		await page.keyboard.type('申请人')
		await page.getByRole('option', { name: /PA/ }).first().waitFor()
		await shot(page, 'navigator-fields')
		await page.keyboard.press('Tab')
		equal(await bar(page).inputValue(), 'PA=()', 'the field is put in')
		await page.keyboard.type('四川示例')
		await page.getByRole('option', { name: /四川示例/ }).first().waitFor()
		await shot(page, 'navigator-values')
		await page.keyboard.press('ArrowDown')
		await page.keyboard.press('Enter')
		check(/^PA=\(四川示例.+\)$/.test(await bar(page).inputValue()), `the value is put in: ${await bar(page).inputValue()}`)
		await page.keyboard.press('End')
		await page.keyboard.type(' AND TII=飞行')
		await page.getByText('未知字段“TII”').first().waitFor()
		equal(await page.locator('.under .fault').textContent(), 'TII', 'the place of the fault')
		await shots(page, 'navigator-fault')
		await page.getByRole('button', { name: '改为 TI' }).press('Enter')
		await page.locator('.told .count').waitFor()
		check(/AND TI=飞行$/.test(await bar(page).inputValue()), 'the hint is put in')
		await bar(page).press('Enter')
		await page.waitForURL(url => /TI=飞行/.test(url.searchParams.get('q') ?? ''))
		await settleDown(page)
		await page.close()
	},

	'the structure tells the hits of each part': async () => {
		const page = await session.as('ip_manager')
		await open(page, at('TA=(飞行 AND 控制) AND AD>=2015'))
		await page.getByRole('button', { name: '结构' }).click()
		const tree = page.getByRole('region', { name: '检索式结构与各节点命中数' })
		check(await tree.getByRole('button').count() >= 4, 'no nodes')
		check(await tree.getByText('TA=(控制)', { exact: true }).isVisible(), 'no leaf')
		await shots(page, 'navigator-tree')
		await page.getByRole('button', { name: '结构' }).click()
		await page.close()
	},

	'facets narrow down by mouse and by keys, chips widen again': async () => {
		const page = await session.as('ip_manager')
		await open(page, at('飞行'))
		const all = await foundOn(page)
		const facets = page.getByRole('complementary', { name: '筛选' })
		await facets.getByRole('button', { name: /^有效 ?[\d,]+$/ }).first().click()
		await page.waitForURL(url => /AND LS=active/.test(url.searchParams.get('q')))
		await settleDown(page)
		const active = await foundOn(page)
		check(active > 0 && active < all, `${active} of ${all} in force`)
		await facets.getByRole('button', { name: /^排除 / }).first().press('Enter')
		await page.waitForURL(url => / NOT /.test(url.searchParams.get('q')))
		await settleDown(page)
		check(await foundOn(page) < active, 'nothing is excluded')
		await facets.getByRole('button', { name: /^2020 年/ }).press('Enter')
		await page.waitForURL(url => /AD=2020$/.test(url.searchParams.get('q')))
		await settleDown(page)
		await shots(page, 'navigator-narrowed')
		for (let i = 3; i > 0; i--) {
			await page.getByRole('button', { name: /^去掉条件/ }).first().click()
			await page.waitForFunction(wanted => document.querySelectorAll('.chips .cross').length === wanted, i - 1)
		}
		await settleDown(page)
		equal(await foundOn(page), all, 'all hits are back')
		await page.close()
	},

	'ten thousand hits scroll, and the place is kept': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/navigator?sort=filed')
		const list = page.getByRole('region', { name: '检索结果' })
		await list.locator('[data-at="0"] .title').waitFor()
		await list.evaluate(element => { element.scrollTop = 114 * 10_000 })
		await list.locator('[data-at="10001"] .title').waitFor()
		check(await list.locator('li').count() < 60, 'rows out of sight are in the page')
		const longest = await list.evaluate(async element => {
			let worst = 0
			for (let i = 0; i < 60; i++) {
				const from = performance.now()
				element.scrollTop = 114 * (2000 + i * 40)
				await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
				worst = Math.max(worst, performance.now() - from)
			}
			return worst
		})
		console.log(`	longest frame while scrolling: ${longest.toFixed(0)} ms`)
		await settleDown(page)
		await list.evaluate(element => { element.scrollTop = 114 * 500 })
		await list.locator('[data-at="502"] .title').click()
		await page.waitForURL(url => url.pathname.startsWith('/documents/'))
		await page.getByRole('heading', { level: 1 }).waitFor()
		await page.getByRole('link', { name: /返回检索结果/ }).click()
		await list.locator('[data-at="502"] .title').waitFor()
		await page.close()
	},

	'from row to row by keys: opened, chosen, put into a topic': async () => {
		const page = await session.as('ip_manager')
		await open(page, at('飞行 AND 避障'))
		const list = page.getByRole('region', { name: '检索结果' })
		await list.locator('[data-at="1"] .title').waitFor()
		await list.focus()
		await page.keyboard.press('ArrowDown')
		await page.waitForFunction(() => document.activeElement?.closest('[data-at]')?.dataset.at === '0')
		await page.keyboard.press(' ')
		await page.keyboard.press('ArrowDown')
		await page.waitForFunction(() => document.activeElement?.closest('[data-at]')?.dataset.at === '1')
		await page.keyboard.press(' ')
		await page.getByText('已选 2 件').waitFor()
		await shots(page, 'navigator-chosen')
		await page.getByRole('button', { name: /^标签/ }).press('Enter')
		await page.getByLabel('新标签，如 重点').fill('示例重点')
		await shot(page, 'navigator-tag')
		await axe(page, 'tags')
		await page.keyboard.press('Enter')
		await page.getByText('已为 2 件加上“示例重点”').waitFor()
		await page.waitForFunction(() => document.querySelectorAll('.hits .tag').length === 2)
		await page.getByRole('button', { name: '加入专题' }).press('Enter')
		const dialog = page.getByRole('dialog')
		await dialog.getByRole('radio', { name: '新建专题' }).waitFor({ state: 'attached' })
		await axe(page, 'topic dialog')
		await shot(page, 'navigator-topic')
		await dialog.getByLabel('新专题的名称').fill('示例·避障精读')
		await dialog.getByLabel('新专题的名称').press('Enter')
		await page.getByText('已加入“示例·避障精读”，该专题现有 2 件').waitFor()
		await open(page, '/navigator?topic=' + encodeURIComponent('示例·避障精读'))
		equal(await foundOn(page), 2, 'documents of the topic')
		await open(page, '/navigator')
		await page.getByRole('button', { name: '示例重点 2' }).click()
		await page.waitForURL(url => url.searchParams.get('q') === '#示例重点')
		await settleDown(page)
		equal(await foundOn(page), 2, 'tagged documents')
		check(await page.getByRole('button', { name: /^去掉条件/ }).count() === 1, 'the tag is no condition')
		await page.close()
	},

	'hits and chosen ones are exported': async () => {
		const page = await session.as('ip_manager')
		await open(page, at('飞行 AND 避障'))
		const all = await foundOn(page)
		const export_ = async form => {
			const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: form }).click()])
			return download
		}
		await page.getByRole('button', { name: /导出全部/ }).click()
		equal((await textOf(await export_('CSV'))).trim().split('\r\n').length, all + 1, 'rows of the file')
		await page.locator('[data-at="0"]').getByRole('checkbox').click()
		await page.getByRole('button', { name: /导出所选/ }).click()
		const download = await export_('Excel')
		check(/\.xlsx$/.test(download.suggestedFilename()), 'no workbook')
		await page.close()
	},

	'compact rows, other orders, families': async () => {
		const page = await session.as('researcher')
		await open(page, at('电池'))
		const applications = await foundOn(page)
		await page.getByRole('button', { name: '紧凑' }).click()
		await page.locator('.hits.dense .line').first().waitFor()
		await shots(page, 'navigator-compact')
		await page.getByRole('button', { name: '详细' }).click()
		await open(page, at('电池') + '&unit=family&sort=cited')
		check(await foundOn(page) <= applications, 'more families than applications')
		await page.close()
	},

	'nothing found tells what to do': async () => {
		const page = await session.as('ip_manager')
		await open(page, at('TI=绝无此词甲乙丙丁'))
		await page.getByText('没有命中的文献').waitFor()
		await shots(page, 'navigator-nothing')
		await open(page, at('TI=(飞行'))
		await page.getByText('检索式有误').waitFor()
		await page.close()
	},

	'a document with all that is known of it': async () => {
		const page = await session.as('ip_manager')
		await open(page, at('TA=飞行 AND CITED>=5 AND LS=有效') + '&sort=cited')
		await page.locator('[data-at="0"] .title').click()
		await page.waitForURL(url => url.pathname.startsWith('/documents/'))
		await settleDown(page)
		check(await page.getByRole('heading', { name: /权利要求/ }).isVisible(), 'no claims')
		check(await page.locator('article mark').count() > 0, 'no word is marked')
		check(await page.locator('.timeline li').count() > 0, 'no events')
		check(await page.locator('#cited-by li').count() > 0, 'nobody cites it')
		check(await page.locator('#similar li').count() > 0, 'nothing is similar')
		check(await page.locator('#facts tbody tr').count() > 5, 'no sources of facts')
		await shots(page, 'document')
		await page.locator('#family').scrollIntoViewIfNeeded()
		await shot(page, 'document-links')
		await page.locator('#facts').scrollIntoViewIfNeeded()
		await shot(page, 'document-facts')
		const first = page.url()
		await page.locator('h1').click()
		await page.keyboard.press('j')
		await page.waitForURL(url => url.href !== first)
		await settleDown(page)
		await page.keyboard.press('u')
		await page.waitForURL(url => url.pathname === '/navigator')
		await expectErrors(/404/, async () => {
			await open(page, '/documents/CN999999999A')
			await page.getByText('没有找到这件专利：CN999999999A').waitFor()
		})
		await page.close()
	},

	'a query is saved and watched; what is new is told until it is seen': async () => {
		const page = await session.as('ip_manager')
		await open(page, at('TA=(避障 AND 无人机)'))
		await page.getByRole('button', { name: '保存', exact: true }).click()
		const dialog = page.getByRole('dialog')
		await dialog.getByText('监测', { exact: true }).click()
		await dialog.getByRole('textbox', { name: '名称' }).fill('示例·避障监测')
		await shot(page, 'navigator-save')
		await axe(page, 'save dialog')
		await dialog.getByRole('button', { name: '保存', exact: true }).click()
		await page.getByText('已保存“示例·避障监测”').waitFor()
		await open(page, '/watches')
		const row = page.getByRole('listitem').filter({ hasText: '示例·避障监测' })
		check(await row.getByText(/新增 \d+ 件/).isVisible(), 'nothing is new')
		await shots(page, 'watches')
		await row.getByRole('button', { name: '标为已看' }).click()
		await row.getByText('无新增').waitFor()
		await row.getByRole('button', { name: '检索' }).click()
		await page.waitForURL(url => url.pathname === '/navigator')
		await page.getByRole('button', { name: /历史/ }).click()
		check(await page.getByText('TA=(避障 AND 无人机)').count() > 0, 'the history is empty')
		await shot(page, 'navigator-history')
		await axe(page, 'history')
		check(page.url().startsWith(address), 'elsewhere')
		await page.close()
	}
}
