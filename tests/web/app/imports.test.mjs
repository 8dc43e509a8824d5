/* Files of patents dropped on the page: checked, mapped, taken in; what was refused, and by whom. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { axe, check, equal, expectErrors, open, session, settleDown, shot, shots } from './harness.mjs'

const folder = mkdtempSync(join(tmpdir(), 'yucheng-imports-'))
const row = (at, name) => `CN19810000${at}A,2021995000${at}.${'0123456789X'[at % 11]},${name},示例·导入有限公司,2021-03-0${at % 9 + 1},2021-07-06,H01M10/613,重点`

function file(name, lines) {
	const path = join(folder, name)
	writeFileSync(path, '\ufeff' + lines.join('\r\n') + '\r\n')
	return path
}

const head = '公开（公告）号,申请号,名称,申请人,申请日,公开（公告）日,主分类号'
const good = file('示例检索结果.csv', [`${head},内部标签`, row(11, '示例·一种电芯散热结构'), row(12, '示例·一种电池箱体'), row(13, '示例·一种热管理方法'), '不是号码,,坏行,,,,,'])
const second = file('示例第二批.csv', [`${head},备注`, row(14, '示例·一种隔热垫')])
const strange = file('示例台账.csv', ['成果编号,成果名称,专利号,权利单位', '1,示例·一种散热板,CN202199500015.4,示例·台账大学', '2,示例·一种散热管,CN202199500016.5,示例·台账大学'])

async function dropOn(page, path, name) {
	const transfer = await page.evaluateHandle(([text, name]) => {
		const data = new DataTransfer()
		data.items.add(new File([new TextEncoder().encode(text)], name, { type: 'text/csv' }))
		return data
	}, [readFileSync(path, 'utf8'), name])
	await page.dispatchEvent('.drop', 'dragover', { dataTransfer: transfer })
	await page.dispatchEvent('.drop', 'drop', { dataTransfer: transfer })
}

const card = (page, name) => page.getByRole('article', { name })

export const tests = {
	'the page says what to do when nothing was imported': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/imports')
		await shots(page, 'imports-empty')
		await page.close()
	},

	'a dropped file is checked, shows what it holds, and is taken into a new topic': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/imports')
		await dropOn(page, good, '示例检索结果.csv')
		const mine = card(page, '示例检索结果.csv')
		await mine.getByText('检查完毕，尚未导入').waitFor()
		await mine.getByText('一般专利表格').first().waitFor()
		equal(await mine.locator('.counts dd').allTextContents().then(all => all.join(' ')), '4 3 0 0 1', 'counts of the dry run')
		await mine.getByText('示例·一种电芯散热结构').waitFor()
		await shots(page, 'imports-checked')
		await mine.getByRole('button', { name: '查看第 2 行的全部字段' }).click()
		await page.getByRole('dialog').getByText('示例·导入有限公司').waitFor()
		await axe(page, 'fields of a row')
		await shot(page, 'imports-row')
		await page.keyboard.press('Escape')
		await mine.getByRole('tab', { name: /拒收 1 行/ }).click()
		await mine.getByText('号码无法识别').waitFor()
		await shot(page, 'imports-refused')
		const [download] = await Promise.all([page.waitForEvent('download'), mine.getByRole('button', { name: /下载未导入的行/ }).click()])
		check(readFileSync(await download.path(), 'utf8').includes('坏行'), 'the refused row is not in the file')
		await page.getByLabel('加入专题').fill('示例·导入测试')
		await page.keyboard.press('Enter')
		await mine.getByRole('button', { name: '导入 3 行' }).click()
		await mine.getByText('已导入', { exact: true }).waitFor()
		equal(await mine.locator('.counts dd').allTextContents().then(all => all.join(' ')), '4 3 0 0 1 3', 'counts of the import')
		await settleDown(page)
		await shots(page, 'imports-done')
		await page.getByRole('button', { name: '查看“示例检索结果.csv”的导入详情' }).first().click()
		await page.getByRole('dialog').getByText('示例·导入测试').first().waitFor()
		await page.getByRole('dialog').getByText('号码无法识别').waitFor()
		await axe(page, 'details of an import')
		await shot(page, 'imports-details')
		await page.close()
	},

	'unknown columns are mapped and the same file again changes nothing, by the keyboard': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/imports')
		await page.locator('input[type=file]').setInputFiles([strange, second])
		const mine = card(page, '示例台账.csv')
		await mine.getByText('未能识别文件来源').waitFor()
		await mine.getByText('示例·一种散热板').waitFor()
		await card(page, '示例第二批.csv').getByText('检查完毕，尚未导入').waitFor()
		await shots(page, 'imports-unknown')
		for (const [header, field] of [['成果名称', '名称'], ['专利号', '申请号'], ['权利单位', '申请人']]) {
			await mine.getByLabel(`“${header}”对应的字段`).focus()
			await page.keyboard.press('Enter')
			await page.keyboard.type(field)
			await page.getByRole('option', { name: field, exact: true }).waitFor()
			await page.keyboard.press('ArrowDown')
			await page.keyboard.press('Enter')
		}
		await shot(page, 'imports-mapped')
		await mine.getByRole('button', { name: '按此对应重新检查' }).focus()
		await page.keyboard.press('Enter')
		await mine.getByText('示例·一种散热板').first().waitFor()
		await page.getByRole('button', { name: /^全部导入/ }).focus()
		await page.keyboard.press('Enter')
		await mine.getByText('已导入', { exact: true }).waitFor()
		await card(page, '示例第二批.csv').getByText('已导入', { exact: true }).waitFor()
		await page.getByRole('button', { name: '移除 示例台账.csv' }).click()
		await page.locator('input[type=file]').setInputFiles(second)
		await page.getByRole('article', { name: '示例第二批.csv' }).nth(1).getByText('检查完毕，尚未导入').waitFor()
		equal(await page.getByRole('article', { name: '示例第二批.csv' }).nth(1).locator('.counts dd').nth(3).textContent(), '1', 'unchanged row')
		await page.close()
	},

	'a file that is none is told, and removed': async () => {
		const page = await session.as('researcher')
		await open(page, '/imports')
		const broken = join(folder, '示例图片.xlsx')
		writeFileSync(broken, 'PK nothing')
		const mine = card(page, '示例图片.xlsx')
		await expectErrors(/422/, async () => {
			await page.locator('input[type=file]').setInputFiles(broken)
			await mine.getByText('未能完成').waitFor()
		})
		await shot(page, 'imports-broken')
		await mine.getByRole('button', { name: /移除/ }).click()
		equal(await mine.count(), 0, 'cards')
		await page.close()
	}
}
