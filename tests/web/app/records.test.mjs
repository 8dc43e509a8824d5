/* Lists, forms and details of records, made from the description of their types. */
import { readFileSync } from 'node:fs'
import { address, axe, check, equal, expectErrors, open, session, settleDown, shot, shots } from './harness.mjs'

const title = '示例·建立专利价值评估小组'

export const tests = {
	'a list is searched, filtered, sorted, and its address keeps it': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/records/annual_task')
		const rows = page.getByRole('row').filter({ has: page.getByRole('link') })
		check(await rows.count() >= 4, `${await rows.count()} tasks`)
		await shots(page, 'records')
		await page.getByRole('textbox', { name: '在列表中查找' }).fill('培训')
		await page.waitForURL(/search=/)
		await settleDown(page)
		equal(await rows.count(), 1, 'rows that match')
		await page.getByRole('textbox', { name: '在列表中查找' }).fill('没有这样的任务')
		await page.getByText('没有符合条件的记录').waitFor()
		await shot(page, 'records-none')
		await page.getByRole('button', { name: '清除全部条件' }).click()
		await page.getByRole('button', { name: /^筛选/ }).click()
		await page.getByRole('combobox', { name: '值' }).click()
		await axe(page, 'filter form')
		await shot(page, 'records-filter')
		await page.getByRole('option', { name: '执行中' }).click()
		await page.getByRole('button', { name: '添加筛选' }).click()
		await page.waitForURL(/filter=/)
		await settleDown(page)
		check(await page.getByText('状态 等于 执行中').isVisible(), 'no chip of the filter')
		const states = await page.locator('tbody .el-tag').allTextContents()
		check(states.length > 0 && states.every(text => text === '执行中'), `states ${states}`)
		await page.getByRole('button', { name: '完成时限' }).click()
		await page.waitForURL(/sort=/)
		await page.reload()
		await settleDown(page)
		check(await page.getByText('状态 等于 执行中').isVisible(), 'the filter is lost by reloading')
		await page.close()
	},

	'a record is made by the keyboard, wrong fields are told, and its history shows it': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/records/annual_task')
		await page.getByRole('button', { name: '新增' }).focus()
		await page.keyboard.press('Enter')
		await page.waitForURL('**/new')
		await settleDown(page)
		await page.getByRole('button', { name: '保存' }).click()
		await page.getByText('该项必填').first().waitFor()
		check(await page.getByText('该项必填').count() > 1, 'one need is told, not all')
		await axe(page, 'form with errors')
		await shots(page, 'record-form')
		await page.getByLabel('年度').fill('1200')
		await page.getByLabel('工作任务').fill(title)
		await page.getByLabel('预期目标').fill('每季度评估一次')
		await page.getByLabel('任务类别').click()
		await page.getByRole('option', { name: '知识产权管理' }).click()
		await page.getByLabel('责任人').click()
		await page.getByRole('option', { name: '示例·许知微' }).click()
		await page.getByLabel('完成时限').fill('2026-12-20')
		await page.keyboard.press('Tab')
		await expectErrors(/422/, async () => {
			await page.getByRole('button', { name: '保存' }).click()
			await page.locator('.el-form-item.is-error').waitFor()
		})
		await shot(page, 'record-form-wrong')
		await page.getByLabel('年度').fill('2026')
		await page.getByLabel('年度').press('Control+Enter')
		await page.getByRole('heading', { name: title }).waitFor()
		await settleDown(page)
		await page.getByRole('tab', { name: '历史' }).click()
		await page.getByText('每季度评估一次').last().waitFor()
		await page.getByRole('tab', { name: '评论' }).click()
		await page.getByRole('textbox', { name: /写下评论/ }).fill('已与财务确认经费')
		await page.keyboard.press('Control+Enter')
		await page.getByText('已与财务确认经费').waitFor()
		await shots(page, 'record')
		await page.close()
	},

	'a step is taken by one and sent back with a comment by another': async () => {
		const manager = await session.as('ip_manager')
		await open(manager, '/records/annual_task?search=' + encodeURIComponent('评估小组'))
		await manager.getByRole('link', { name: title }).click()
		await manager.getByRole('button', { name: '提交审批' }).click()
		await manager.getByRole('dialog').getByRole('button', { name: '提交审批' }).click()
		await manager.getByText('待审批').first().waitFor()
		const director = await session.as('director')
		await open(director, '/')
		await director.locator('#tasks').getByRole('link', { name: title }).click()
		await director.getByRole('button', { name: '退回' }).click()
		const dialog = director.getByRole('dialog')
		await dialog.getByRole('button', { name: '退回' }).click()
		await dialog.getByText('请填写意见').waitFor()
		await axe(director, 'dialog of a step')
		await shot(director, 'record-step')
		await dialog.getByLabel('意见').fill('请补充评估方法')
		await dialog.getByRole('button', { name: '退回' }).click()
		await director.getByText('草稿').first().waitFor()
		await director.getByText('请补充评估方法').waitFor()
		await director.close()
		await manager.close()
	},

	'two who change the same record: the second keeps what was typed and sees the newest': async () => {
		const page = await session.as('ip_manager')
		const api = await session.api('ip_manager')
		await open(page, '/records/annual_task?search=' + encodeURIComponent('评估小组'))
		await page.getByRole('link', { name: title }).click()
		await page.getByRole('button', { name: '编辑' }).click()
		await page.getByLabel('依据文件').fill('年度工作要点')
		const id = page.url().match(/\/(\d+)\/edit/)[1]
		const now = await (await api.request.get(`/api/v1/records/annual_task/${id}`)).json()
		const changed = await api.request.patch(`/api/v1/records/annual_task/${id}`, { headers: { ...api.headers, 'If-Match': `"${now.version}"` }, data: { fields: { goal: '每月评估一次' } } })
		equal(changed.status(), 200, 'change beside the page')
		await expectErrors(/409/, async () => {
			await page.getByRole('button', { name: '保存' }).click()
			await page.getByText('您打开后他人已修改此记录').waitFor()
		})
		equal(await page.getByLabel('依据文件').inputValue(), '年度工作要点', 'typed text')
		await page.getByRole('button', { name: '保存' }).click()
		await page.getByText('每月评估一次').waitFor()
		await page.close()
	},

	'a file is added to a record, opened and taken away': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/records/annual_task?search=' + encodeURIComponent('管理办法'))
		await page.getByRole('link', { name: /修订中心/ }).click()
		await page.getByRole('tab', { name: '附件' }).click()
		await page.locator('input[type=file]').first().setInputFiles({ name: '示例·管理办法.txt', mimeType: 'text/plain', buffer: Buffer.from('第一条 为加强专利管理……') })
		const link = page.getByRole('link', { name: '示例·管理办法.txt' })
		await link.waitFor()
		await axe(page, 'files')
		await shot(page, 'record-files')
		const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
		equal(file.suggestedFilename(), '示例·管理办法.txt', 'name of the file')
		await page.getByRole('button', { name: /^删除附件/ }).click()
		await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
		await page.getByText('还没有附件').waitFor()
		await page.close()
	},

	'a list goes to Excel, and a filled-in sheet is tried before it is stored': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/records/annual_task')
		await page.getByRole('button', { name: /^导出/ }).click()
		const [list] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: '导出 Excel' }).click()])
		check(list.suggestedFilename().endsWith('.xlsx'), `export is named ${list.suggestedFilename()}`)
		await page.getByRole('button', { name: 'Excel 导入' }).click()
		const dialog = page.getByRole('dialog', { name: /从 Excel 导入/ })
		await dialog.waitFor()
		await axe(page, 'Excel dialog')
		await shot(page, 'sheet')
		await dialog.locator('input[type=file]').setInputFiles(await list.path().then(path => ({ name: '清单.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: readFileSync(path) })))
		await dialog.locator('.el-alert').waitFor()
		await shot(page, 'sheet-tried')
		await page.close()
	},

	'unsaved text is not left without asking': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/records/annual_task/new')
		await page.getByLabel('工作任务').fill('未保存')
		await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '工作台' }).click()
		const dialog = page.getByRole('dialog', { name: '未保存' })
		await dialog.waitFor()
		await shot(page, 'record-form-leave')
		await dialog.getByRole('button', { name: '取消' }).click()
		equal(await page.getByLabel('工作任务').inputValue(), '未保存', 'typed text')
		await page.close()
	},

	'what may not be read is not there': async () => {
		const page = await session.as('expert')
		await expectErrors(/404|403/, async () => {
			await open(page, '/records/annual_task/1')
			check(await page.getByText(/没有这条记录|没有这种记录/).first().isVisible(), 'no empty state')
			await shot(page, 'record-gone')
			await open(page, '/records/nothing')
			check(await page.getByText('没有这种记录').first().isVisible(), 'no empty state of an unknown type')
		})
		await page.close()
	},

	'a list of many records is scrolled without holding them all': async () => {
		const page = await session.as('province_officer')
		await open(page, '/records/user')
		await settleDown(page)
		await shots(page, 'users')
		check(page.url().startsWith(address), 'elsewhere')
		await page.close()
	}
}
