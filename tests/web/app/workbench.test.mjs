/* The workbench with targets, the chain and deadlines; targets in full, the records behind them; spots that become
   bottlenecks and projects; the policy's clauses. */
import { readFileSync } from 'node:fs'
import { address, axe, check, equal, open, session, settleDown, shot, shots } from './harness.mjs'

const card = (page, id) => page.locator('article.card').filter({ has: page.locator('.id', { hasText: id }) })
const isPart = (page, part) => page.waitForURL(url => (url.searchParams.get('part') ?? 'numerator') === part && /\/indicators\/T\d\/records/.test(url.pathname))

async function rows(page) {
	await settleDown(page)
	return Number(await page.getByRole('table').getAttribute('aria-rowcount'))
}
/* What the server says, to be compared with what is shown. */
async function figures(role, query = '') {
	const { request } = await session.api(role)
	return (await request.get(`/api/v1/indicators${query}`)).json()
}
const percent = value => `${(value * 100).toFixed(1)}%`

export const tests = {
	'the workbench of each role': async () => {
		for (const role of ['director', 'ip_manager', 'city_officer', 'province_officer', 'inspector']) {
			const page = await session.as(role)
			await open(page, '/')
			await page.getByRole('heading', { name: '培育链条' }).waitFor()
			const isAbove = /officer|inspector/.test(role)
			equal(await page.locator('article.card').count(), isAbove ? 0 : 4, `${role}: cards`)
			equal(await page.getByRole('heading', { name: '各育成中心目标完成情况' }).count(), isAbove ? 1 : 0, `${role}: table of centres`)
			equal(await page.getByRole('heading', { name: '近期期限' }).count(), isAbove ? 0 : 1, `${role}: deadlines`)
			if (role === 'director' || role === 'province_officer') await shots(page, `workbench-${role}`)
			else await shot(page, `workbench-${role}`)
			await page.setViewportSize({ width: 1366, height: 2200 })
			await shot(page, `workbench-${role}-whole`)
			await axe(page)
			await page.close()
		}
	},

	'roles without figures keep tasks and dates': async () => {
		for (const role of ['researcher', 'finance', 'agency', 'expert', 'system_admin']) {
			const page = await session.as(role)
			await open(page, '/')
			await page.getByRole('heading', { name: '待办' }).waitFor()
			equal(await page.locator('article.card, .as-of').count(), 0, `${role}: cards and days`)
			check(!await page.getByRole('link', { name: '目标指标' }).count(), `${role}: the menu offers targets`)
			await shot(page, `workbench-${role}`)
			await page.close()
		}
	},

	'cards show what the server computes, by every method': async () => {
		for (const centre of [1, 2, 3, 4, 5, 6]) {
			const page = await session.as(`director${centre}`)
			await open(page, '/')
			for (const indicator of (await figures(`director${centre}`)).indicators) {
				const shown = (await card(page, indicator.id).locator('.value').innerText()).trim()
				equal(shown, indicator.value === null ? '—' : indicator.unit === 'ratio' ? percent(indicator.value) : `${indicator.value} 件`, `centre ${centre}: ${indicator.id}`)
				const words = { met: '达标', missed: '未达标', not_computable: '不可计算' }
				equal((await card(page, indicator.id).locator('.top .status').innerText()).replace(/[✓✗–\s]/g, ''), words[indicator.status], `centre ${centre}: status of ${indicator.id}`)
				equal(await card(page, indicator.id).getByRole('radio').count(), indicator.methods.length, `centre ${centre}: methods of ${indicator.id}`)
			}
			if (centre > 1) await shot(page, `workbench-centre-${centre}`)
			await page.close()
		}
	},

	'another method recomputes and stays in the address': async () => {
		const page = await session.as('director2')
		await open(page, '/')
		const before = await card(page, 'T1').locator('.value').innerText()
		await card(page, 'T1').getByRole('radio', { name: /逐年增长率/ }).focus()
		await page.keyboard.press('Space')
		await page.waitForURL(url => url.searchParams.get('method') === 'T1=mean_yoy')
		await settleDown(page)
		await card(page, 'T1').locator('.value.met').waitFor()
		check(await card(page, 'T1').locator('.value').innerText() !== before, 'the value is the same by another method')
		await page.reload()
		await settleDown(page)
		check(await card(page, 'T1').getByRole('radio', { name: /逐年增长率/ }).isChecked(), 'the method is lost by reloading')
		await card(page, 'T1').getByRole('link', { name: /分子/ }).click()
		await isPart(page, 'numerator')
		check(page.url().includes('mean_yoy'), 'the list forgot the method')
		await page.close()
	},

	'a day recomputes everything and goes along': async () => {
		const page = await session.as('director')
		await open(page, '/')
		const day = page.getByRole('combobox', { name: '统计时点' })
		await day.click()
		await day.fill('2024-06-30')
		await page.keyboard.press('Enter')
		await page.waitForURL(url => url.searchParams.get('as_of') === '2024-06-30')
		await settleDown(page)
		await page.getByRole('status').filter({ hasText: '2024-06-30' }).waitFor()
		const then = (await figures('director', '?as_of=2024-06-30')).indicators
		for (const indicator of then) if (indicator.unit === 'ratio' && indicator.value !== null) equal((await card(page, indicator.id).locator('.value').innerText()).trim(), percent(indicator.value), `${indicator.id} then`)
		await shot(page, 'workbench-past')
		await axe(page)
		await card(page, 'T2').getByRole('link', { name: /未计入/ }).click()
		await isPart(page, 'excluded')
		equal(new URL(page.url()).searchParams.get('as_of'), '2024-06-30', 'the day goes along')
		await page.locator('.page-header').getByRole('link', { name: /目标指标/ }).click()
		await page.waitForURL(url => url.pathname === '/indicators' && url.searchParams.get('as_of') === '2024-06-30')
		await settleDown(page)
		await page.goBack()
		await isPart(page, 'excluded')
		await settleDown(page)
		await page.goBack()
		await page.waitForURL(url => url.pathname === '/')
		await settleDown(page)
		await page.getByRole('button', { name: '回到今天' }).click()
		await page.waitForURL(`${address}/`)
		await page.close()
	},

	'every number opens its list': async () => {
		const page = await session.as('director')
		const { indicators } = await figures('director')
		for (const [part, name, key] of [['分子', 'numerator', 'counted_count'], ['分母', 'denominator', 'base_count'], ['未计入', 'excluded', 'excluded_count']]) {
			await open(page, '/')
			const indicator = indicators.find(one => one.id === 'T3')
			await card(page, 'T3').getByRole('link', { name: new RegExp(part) }).click()
			await isPart(page, name)
			await page.getByRole('table').waitFor()
			equal(await rows(page), indicator[key], `rows of T3 ${part}`)
		}
		await shots(page, 'indicator-records')
		const reason = page.getByRole('group', { name: '按原因筛选' }).getByRole('button').first()
		const count = Number((await reason.innerText()).match(/(\d+)$/)[1])
		await reason.focus()
		await page.keyboard.press('Enter')
		equal(await rows(page), count, 'rows of one reason')
		const save = async form => {
			await page.getByRole('button', { name: /^导出/ }).click()
			const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: form }).click()])
			return file
		}
		check((await save(/^Excel/)).suggestedFilename().endsWith('.xlsx'), 'no workbook')
		const file = await save(/^CSV/)
		const lines = readFileSync(await file.path(), 'utf8').split('\r\n')
		equal(lines.length - 2, count, 'lines of the file')
		check(lines[0].startsWith('\ufeff编号,名称,'), `head of the file: ${lines[0]}`)
		await page.locator('tbody a').first().click()
		await page.waitForURL(/\/(records\/patent_case|cases)\/\d+/)
		await page.close()
	},

	'a stage of the chain opens who is in it': async () => {
		const page = await session.as('director')
		await open(page, '/')
		const row = page.getByRole('row', { name: /实质审查/ })
		const count = Number((await row.locator('.figure').first().innerText()).replace(/,/g, ''))
		await row.getByRole('link', { name: '实质审查' }).focus()
		await page.keyboard.press('Enter')
		await page.waitForURL(/\/workbench\/examination/)
		await page.getByRole('table').waitFor()
		equal(await rows(page), count, 'rows of the stage')
		await shots(page, 'stage-records')
		await page.getByRole('link', { name: '在记录列表中打开' }).click()
		await page.waitForURL(/\/records\/patent_case/)
		await settleDown(page)
		await page.getByText(`共 ${count} 条`).waitFor()
		await shot(page, 'stage-list')
		await page.close()
	},

	'targets in full, by the keyboard': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/')
		await page.keyboard.press('g')
		await page.keyboard.press('k')
		await page.getByRole('heading', { name: '目标指标' }).waitFor()
		await settleDown(page)
		await page.waitForFunction(() => document.querySelectorAll('.chart-view svg').length === 4)
		equal(await page.locator('section.indicator').count(), 4, 'targets')
		await shots(page, 'indicators')
		await page.getByRole('radio', { name: '按季' }).focus()
		await page.keyboard.press('Space')
		await page.waitForURL(url => url.searchParams.get('trend') === 'quarters')
		await settleDown(page)
		await page.locator('#T2').getByRole('radio', { name: '按申请年度队列计' }).click()
		await page.waitForURL(url => url.searchParams.get('method') === 'T2=cohort')
		await settleDown(page)
		await shot(page, 'indicators-quarters')
		await page.close()
	},

	'a bureau compares centres and opens one': async () => {
		const page = await session.as('province_officer')
		await open(page, '/')
		const names = () => page.locator('tbody tr th.first').allInnerTexts()
		const first = await names()
		equal(first.length, 6, 'centres')
		await page.getByRole('columnheader', { name: /T2/ }).getByRole('button').click()
		const sorted = await page.locator('tbody tr td:nth-of-type(2) .value').allInnerTexts()
		equal(sorted.map(parseFloat).join(), sorted.map(parseFloat).sort((one, other) => other - one).join(), 'the largest first')
		equal(await page.getByRole('columnheader', { name: /T2/ }).getAttribute('aria-sort'), 'descending', 'aria-sort')
		const cell = page.getByRole('row', { name: new RegExp(first[1]) }).locator('td').first()
		await cell.getByText('未达标').waitFor()
		await page.getByRole('combobox', { name: 'T1 的计算方法' }).focus()
		await page.keyboard.press('Enter')
		await page.getByRole('option', { name: /逐年增长率/ }).click()
		await page.waitForURL(url => url.searchParams.get('method') === 'T1=mean_yoy')
		await cell.getByText('达标', { exact: true }).waitFor()
		await shot(page, 'workbench-bureau-method')
		await axe(page)
		await page.getByRole('link', { name: first[1] }).focus()
		await page.keyboard.press('Enter')
		await page.waitForURL(url => url.searchParams.has('centre'))
		await card(page, 'T4').waitFor()
		await settleDown(page)
		equal(await page.locator('article.card').count(), 4, 'cards of the centre')
		await shot(page, 'workbench-bureau-centre')
		await axe(page)
		await page.getByRole('link', { name: /全部育成中心/ }).click()
		await page.getByRole('heading', { name: '各育成中心目标完成情况' }).waitFor()
		await open(page, '/indicators')
		equal(await page.locator('section.indicator').count(), 6, 'a bureau sees T5 and T6')
		await shot(page, 'indicators-bureau')
		await page.close()
	},

	'a spot becomes a bottleneck, and its course is told': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/matrix')
		const cell = page.locator('button.cell.is-hot, button.cell.is-blank').first()
		await cell.focus()
		await page.keyboard.press('Enter')
		await page.getByRole('button', { name: '列为攻关难题' }).waitFor()
		await shot(page, 'matrix-spot')
		await axe(page)
		await page.getByRole('button', { name: '列为攻关难题' }).click()
		await page.waitForURL(/\/records\/bottleneck\/new/)
		await settleDown(page)
		const value = label => page.getByLabel(label, { exact: true }).inputValue()
		check(/^(热点|空白点)：/.test(await value('瓶颈或需求')), 'the title is not filled in')
		check((await value('取证检索式')).includes('TA='), 'the query is not filled in')
		check(/^\d+$/.test(await value('提出时文献量')), 'the count is not filled in')
		const hits = Number(await value('提出时文献量'))
		check(/^\d{4}-\d\d-\d\d$/.test(await value('统计日期')), 'the day is not filled in')
		await page.waitForFunction(() => [...document.querySelectorAll('.el-select__selected-item')].filter(one => one.textContent.trim()).length >= 3)
		await shot(page, 'spot-form')
		const { request, headers } = await session.api('ip_manager')
		const field = (await (await request.get('/api/v1/records/key_field?limit=1')).json()).records[0]
		const query = Object.fromEntries(new URL(page.url()).searchParams)
		const made = await request.post('/api/v1/records/bottleneck', { headers, data: { fields: { ...query, topic_id: Number(query.topic_id), technology_id: Number(query.technology_id),
			effect_id: Number(query.effect_id), hits: Number(query.hits), code: 'GG-WEB-1', key_field_id: field.id, kind: 'technology', priority: 'high' } } })
		const row = await made.json()
		equal(made.status(), 201, `the bottleneck: ${JSON.stringify(row).slice(0, 300)}`)
		await page.evaluate(() => window.onbeforeunload = null)
		page.on('dialog', dialog => void dialog.accept())
		await open(page, `/records/bottleneck/${row.id}`)
		await page.getByRole('heading', { name: '攻关历程' }).waitFor()
		await settleDown(page)
		const counts = await page.locator('.counts b').allInnerTexts()
		equal(counts.join(), [hits, hits].map(one => one.toLocaleString('zh-CN')).join(), 'documents then and now')
		await shots(page, 'bottleneck-course')
		await page.getByRole('link', { name: '为其立项' }).click()
		await page.waitForURL(/\/records\/rd_project\/new\?bottleneck_id=/)
		await page.close()
	},

	'a node of a tree becomes a project': async () => {
		const page = await session.as('ip_manager')
		const { request } = await session.api('ip_manager')
		const topic = (await (await request.get('/api/v1/topics')).json()).topics[0]
		await open(page, `/topics/${topic.id}/trees/technology`)
		await page.locator('input.name').nth(1).focus()
		await page.getByRole('button', { name: '立项', exact: true }).click()
		await page.waitForURL(/\/records\/rd_project\/new/)
		await settleDown(page)
		check((await page.getByLabel('研发目标', { exact: true }).inputValue()).includes('件文献'), 'the goal is not filled in')
		await page.close()
	},

	'the clauses of the policy, what serves them and what nothing serves': async () => {
		const page = await session.as('director')
		await open(page, '/clauses')
		const { request } = await session.api('director')
		const { clauses, empty } = await (await request.get('/api/v1/clauses')).json()
		equal(await page.locator('li[id^="clause-"]').count(), clauses.length, 'clauses')
		equal(await page.getByText('尚无', { exact: true }).count(), empty.length, 'those nothing serves')
		await shots(page, 'clauses')
		await page.getByText('只看尚无支撑的').click()
		equal(await page.locator('li[id^="clause-"]').count(), empty.length, 'only those')
		await page.getByText('只看尚无支撑的').click()
		await page.getByLabel('查找条款或支撑项').fill('授权率')
		await page.locator('li[id="clause-1-e"]').getByRole('link', { name: /T2/ }).click()
		await page.waitForURL(/\/indicators#T2/)
		await page.close()
	}
}
