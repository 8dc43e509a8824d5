/*
 * The docket and what cases are good for: the calendar with its deadlines, the case page, notices, the
 * fee plan, agencies, portfolios and products. What a test changes it has made itself through the API.
 */
import { axe, check, equal, expectErrors, open, session, settleDown, shot, shots } from './harness.mjs'

async function api(role, method, path, data, headers = {}) {
	const { request, headers: own } = await session.api(role)
	const answer = await request.fetch(`/api/v1${path}`, { method, headers: { ...own, ...headers }, ...(data === undefined ? {} : { data }) })
	const text = await answer.text()
	if (answer.status() >= 300) throw new Error(`${method} ${path}: ${answer.status()} ${text}`)
	return text ? JSON.parse(text) : null
}

const userId = async role => (await api(role, 'GET', '/session')).user_id
const first = async (role, type, filter = '', sort = '') => (await api(role, 'GET', `/records/${type}?limit=1&filter=${encodeURIComponent(filter)}&sort=${sort}`)).records[0]
const state = async (type, id) => (await api('ip_manager', 'GET', `/records/${type}/${id}`)).state

async function makeDeadline(baseOn) {
	const patent = await first('ip_manager', 'patent_case', 'state:=:examination')
	return api('ip_manager', 'POST', '/records/deadline', { fields: { case_id: patent.id, rule: 'D18', base_on: baseOn, service: 'electronic', owner_id: await userId('ip_manager') } })
}

async function makeCase(docket) {
	const made = await api('ip_manager', 'POST', '/records/patent_case', { fields: { docket, title: '示例·快拆机臂的锁止结构', type: 'invention', office: 'CN', owner_id: await userId('ip_manager') } })
	await api('ip_manager', 'POST', `/records/patent_case/${made.id}/steps/submit`, {})
	return made.id
}

const drawer = page => page.locator('.el-drawer:visible').last()

export const tests = {
	'the calendar shows a month, and what is due is acknowledged and finished with the keyboard alone': async () => {
		const deadline = await makeDeadline('2027-03-01')
		const due = deadline.fields.due_on
		const page = await session.as('ip_manager')
		await open(page, '/calendar')
		await shots(page, 'calendar')
		await open(page, `/calendar?day=${due}&kind=deadline`)
		const cell = page.getByRole('gridcell', { name: new RegExp(`^${due}`) })
		await cell.focus()
		await page.keyboard.press('ArrowRight')
		await page.keyboard.press('ArrowLeft')
		check(await cell.evaluate(one => one === document.activeElement), 'the arrows lost the day')
		await page.keyboard.press('PageDown')
		await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'gridcell')
		await settleDown(page)
		check(!page.url().includes(`day=${due}`), 'Page Down stays in the month')
		await page.keyboard.press('PageUp')
		await page.waitForURL(url => url.searchParams.get('day') === due)
		await settleDown(page)
		await cell.focus()
		await page.keyboard.press('Enter')
		const event = drawer(page).getByRole('button', { name: new RegExp(deadline.title) }).first()
		await event.waitFor()
		await axe(page, 'day of the calendar')
		await event.focus()
		await page.keyboard.press('Enter')
		const acknowledge = page.getByRole('button', { name: '确认', exact: true })
		await acknowledge.first().focus()
		await page.keyboard.press('Enter')
		const dialog = page.getByRole('dialog').filter({ has: page.locator('#step-comment') })
		await dialog.waitFor()
		await dialog.getByRole('button', { name: '确认', exact: true }).focus()
		await page.keyboard.press('Enter')
		await page.locator('#drawer-outcome').waitFor()
		equal(await state('deadline', deadline.id), 'acknowledged', 'state after acknowledging')
		await axe(page, 'deadline beside the calendar')
		await shot(page, 'calendar-deadline')
		await page.locator('#drawer-outcome').fill('示例：答复已提交')
		await page.getByRole('button', { name: '办结', exact: true }).first().focus()
		await page.keyboard.press('Enter')
		await dialog.waitFor()
		await dialog.getByRole('button', { name: '办结', exact: true }).focus()
		await page.keyboard.press('Enter')
		await page.getByText('已办结').first().waitFor()
		equal(await state('deadline', deadline.id), 'done', 'state after finishing')
		await page.close()
	},
	'a deadline is opened and acknowledged with the mouse; finishing without an outcome is refused with its reason': async () => {
		const deadline = await makeDeadline('2027-03-08')
		const page = await session.as('ip_manager')
		await open(page, `/calendar?day=${deadline.fields.due_on}&kind=deadline&view=list`)
		await page.getByRole('button', { name: new RegExp(deadline.title) }).first().waitFor()
		await axe(page, 'list of the calendar')
		await shot(page, 'calendar-list')
		await page.locator('section').filter({ has: page.locator(`#day-${deadline.fields.due_on}`) }).getByRole('button', { name: new RegExp(deadline.title) }).first().click()
		await drawer(page).getByRole('button', { name: '确认', exact: true }).click()
		await page.getByRole('dialog').filter({ has: page.locator('#step-comment') }).getByRole('button', { name: '确认', exact: true }).click()
		await drawer(page).getByRole('button', { name: '办结', exact: true }).click()
		const dialog = page.getByRole('dialog').filter({ has: page.locator('#step-comment') })
		await expectErrors(/422/, async () => {
			await dialog.getByRole('button', { name: '办结', exact: true }).click()
			await dialog.locator('.el-form-item__error').waitFor()
		})
		equal(await state('deadline', deadline.id), 'acknowledged', 'state after the refusal')
		await page.close()
	},
	'the secret address is made once, read by a calendar program, and withdrawn; the calendar is exported': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/calendar')
		const saved = page.waitForEvent('download')
		await page.getByRole('button', { name: '导出 Excel' }).click()
		check((await saved).suggestedFilename().endsWith('.xlsx'), 'no workbook')
		await page.getByRole('button', { name: '订阅', exact: true }).click()
		await page.getByRole('button', { name: '生成订阅地址' }).click()
		const input = page.getByRole('textbox', { name: '订阅地址' })
		await input.waitFor()
		const address = await input.inputValue()
		await axe(page, 'subscribing')
		await shot(page, 'calendar-subscribe')
		const read = await page.context().request.get(address)
		equal(read.status(), 200, 'the address')
		check((await read.text()).startsWith('BEGIN:VCALENDAR'), 'no calendar')
		await page.getByRole('button', { name: '撤销', exact: true }).click()
		await page.locator('.el-message-box').getByRole('button', { name: '撤销', exact: true }).click()
		await page.getByText('还没有订阅地址').waitFor()
		equal((await page.context().request.get(address)).status(), 404, 'the withdrawn address')
		await page.close()
	},
	'a case tells its course; a notice docketed on its page moves it and makes its deadlines': async () => {
		const known = await first('ip_manager', 'patent_case', 'state:=:in_force', 'filed_on')
		const page = await session.as('ip_manager')
		await open(page, `/records/patent_case/${known.id}`)
		check(page.url().includes(`/cases/${known.id}`), 'not the page of cases')
		await page.getByRole('heading', { name: '进程' }).waitFor()
		await shots(page, 'case')
		const id = await makeCase('示例-E2E-001')
		await open(page, `/cases/${id}`)
		await page.getByText('还没有通知书').waitFor()
		await page.getByRole('button', { name: '登记通知书' }).first().click()
		await page.getByRole('button', { name: '登记并立卷' }).click()
		await page.getByText('该项必填').waitFor()
		const name = page.getByRole('combobox', { name: '通知书名称' })
		await name.fill('受理')
		await page.getByRole('option', { name: '专利申请受理通知书' }).click()
		await page.getByRole('textbox', { name: '申请号' }).fill('201410201865.4')
		await page.locator('#notice-filed_on').fill('2014-05-13')
		await page.locator('#notice-filed_on').press('Enter')
		await axe(page, 'docketing a notice')
		await shot(page, 'case-notice')
		await page.getByRole('button', { name: '登记并立卷' }).click()
		await page.getByText('通知书已立卷').waitFor()
		await settleDown(page)
		await page.getByRole('button', { name: '专利申请受理通知书' }).first().waitFor()
		equal(await state('patent_case', id), 'accepted', 'state of the case')
		check(await page.getByRole('button', { name: /^办理 / }).count() > 0, 'no deadlines on the page')
		await page.close()
	},
	'a notice that does not fit is kept as a draft, and says why': async () => {
		const id = await makeCase('示例-E2E-002')
		const page = await session.as('ip_manager')
		await open(page, `/cases/${id}`)
		await page.getByRole('button', { name: '登记通知书' }).first().click()
		await page.getByRole('combobox', { name: '通知书名称' }).fill('第一次审查')
		await page.getByRole('option', { name: '第一次审查意见通知书' }).click()
		await expectErrors(/422|409/, async () => {
			await page.getByRole('button', { name: '登记并立卷' }).click()
			await page.getByText(/未能立卷/).waitFor()
		})
		equal(await state('patent_case', id), 'submitted', 'state of the case')
		await page.close()
	},
	'the fee plan is drawn, told as a table and narrowed; the director approves annuities': async () => {
		const page = await session.as('director')
		await open(page, '/fee-plan')
		await shots(page, 'fee-plan')
		await page.getByRole('button', { name: '数据表' }).click()
		await page.locator('.sums button').first().click()
		await page.getByRole('button', { name: '显示全部' }).waitFor()
		await axe(page, 'fee plan as a table')
		for (const [form, name] of [[/^CSV/, 'fee-plan.csv'], [/^Excel/, '费用计划.xlsx']]) {
			const saved = page.waitForEvent('download')
			await page.getByRole('button', { name: /^导出/ }).click()
			await page.getByRole('menuitem', { name: form }).click()
			equal((await saved).suggestedFilename(), name, 'file of the fee plan')
		}
		await open(page, '/fee-plan?tab=decisions')
		await page.getByText('待批准').first().waitFor()
		await shots(page, 'annuities')
		const planned = await first('director', 'fee', 'kind:=:annuity;state:=:planned', 'due_on')
		const row = page.locator('tr').filter({ hasText: planned.fields.due_on }).filter({ hasText: planned.title }).filter({ hasText: '待批准' }).first()
		await row.locator('.el-checkbox').click()
		await page.getByRole('button', { name: '批准所选 1 笔' }).click()
		await page.locator('.el-message-box').getByRole('button', { name: '确定' }).click()
		await page.getByText('已批准 1 笔').waitFor()
		await page.close()
	},
	'agencies are compared, each number with its list; an agency sees its own row only': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/agencies')
		await shots(page, 'agencies')
		await page.getByRole('link', { name: /^交付稿件/ }).first().click()
		await page.waitForURL(/\/records\/draft\?filter=/)
		await settleDown(page)
		await page.close()
		const own = await session.as('agency')
		await open(own, '/agencies')
		equal(await own.locator('.panel tbody tr').count(), 1, 'rows an agency sees')
		await axe(own, 'agencies of an agency')
		await own.close()
	},
	'a portfolio is a map with its gaps, a plan shows its markets, a product its patents and sales': async () => {
		const page = await session.as('ip_manager')
		const portfolio = await first('ip_manager', 'portfolio')
		await open(page, `/records/portfolio/${portfolio.id}`)
		await page.getByRole('heading', { name: /布局缺口/ }).waitFor()
		await shots(page, 'portfolio')
		const cell = page.getByRole('button', { name: /中国：/ }).first()
		await cell.focus()
		await page.keyboard.press('Enter')
		await page.getByRole('dialog').getByRole('link').first().waitFor()
		await axe(page, 'cell of the map')
		await shot(page, 'portfolio-cell')
		await page.keyboard.press('Escape')
		const plan = await first('ip_manager', 'layout_plan')
		await open(page, `/records/layout_plan/${plan.id}`)
		await shots(page, 'layout-plan')
		const product = await first('ip_manager', 'product', '', 'submitted_on')
		await open(page, `/records/product/${product.id}`)
		await page.getByRole('heading', { name: '指标佐证' }).waitFor()
		await shots(page, 'product')
		await open(page, '/income')
		await shots(page, 'income')
		await page.close()
	},
	'what the reader may not see is not there': async () => {
		const page = await session.as('ip_manager')
		await expectErrors(/404/, async () => {
			for (const path of ['/cases/999999', '/portfolios/999999', '/products/999999', '/layout-plans/999999']) {
				await open(page, path)
				await page.getByText('它已被删除，或者您没有查看的权限。').waitFor()
			}
		})
		await page.close()
		const finance = await session.as('finance')
		const patent = await first('finance', 'patent_case')
		await open(finance, `/cases/${patent.id}`)
		await finance.getByRole('heading', { name: '进程' }).waitFor()
		equal(await finance.getByRole('button', { name: '登记通知书' }).count(), 0, 'finance dockets notices')
		await finance.close()
	}
}
