/* Topics, their trees, the board of analyses, the matrix, networks and reports. */
import { axe, check, equal, expectErrors, open, session, settleDown, shot, shots } from './harness.mjs'

/* A topic of the person's own, with documents by a query and both trees. */
async function makeTopic(role, name) {
	const { request, headers } = await session.api(role)
	const made = await request.post('/api/v1/topics', { headers, data: { name, field: '人工智能', purpose: '立项前的专利导航', query: 'TA=(神经网络 OR 图像 OR 机器人 OR 语音)' } })
	const topic = await made.json()
	check(made.status() === 201, `topic: ${made.status()} ${JSON.stringify(topic)}`)
	const put = async (kind, nodes) => {
		const answer = await request.put(`/api/v1/topics/${topic.id}/trees/${kind}`, { headers, data: { nodes } })
		check(answer.ok(), `tree: ${answer.status()} ${await answer.text()}`)
	}
	await put('technology', [{ level: 1, name: '感知' }, { level: 2, name: '图像识别', query: 'TA=(图像 AND 识别)' }, { level: 2, name: '语音识别', query: 'TA=语音' },
		{ level: 1, name: '学习' }, { level: 2, name: '神经网络', query: 'TA=神经网络' }, { level: 2, name: '机器人', query: 'TA=机器人' }])
	await put('effect', [{ level: 1, name: '提高精度', query: 'TA=(精度 OR 准确)' }, { level: 1, name: '提高效率', query: 'TA=(效率 OR 速度)' }, { level: 1, name: '降低成本', query: 'TA=(成本 OR 能耗)' }])
	return topic
}

let topic = null
const theTopic = async () => (topic ??= await makeTopic('ip_manager', '智能感知导航'))

const chartsDrawn = page => page.waitForFunction(() => document.querySelectorAll('.chart-view svg').length > 0)

export const tests = {
	'without topics the list says so': async () => {
		const page = await session.as('agency')
		await open(page, '/topics')
		await page.getByText('还没有专题').waitFor()
		await axe(page)
		await shot(page, 'topics-empty')
		await page.close()
	},

	'a topic is made by the keyboard': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/topics')
		await page.getByRole('button', { name: '新建专题' }).first().focus()
		await page.keyboard.press('Enter')
		await page.getByLabel('专题名称').waitFor()
		await page.getByLabel('专题名称').fill('键盘建立的专题')
		await page.getByRole('textbox', { name: '检索式' }).fill('TA=(电池')
		await page.locator('.query-input .fault').waitFor()
		await shot(page, 'topic-form-fault')
		await page.getByRole('textbox', { name: '检索式' }).fill('TA=(图像 OR 语音)')
		await page.getByText(/命中 [\d,]+ 件/).waitFor()
		await axe(page)
		await page.getByLabel('专题名称').press('Enter')
		await page.waitForURL(/\/topics\/\d+$/)
		await page.getByRole('heading', { name: '键盘建立的专题' }).waitFor()
		await page.close()
	},

	'topics are listed with their counts': async () => {
		const { name } = await theTopic()
		const page = await session.as('ip_manager')
		await open(page, '/topics')
		await page.getByRole('link', { name }).waitFor()
		await shots(page, 'topics')
		await page.close()
	},

	'a topic tells its purpose, sets, trees and log': async () => {
		const { id, name } = await theTopic()
		const page = await session.as('ip_manager')
		await open(page, `/topics/${id}`)
		await page.getByRole('heading', { name, exact: true }).waitFor()
		await chartsDrawn(page)
		check(await page.getByText('图像识别').isVisible(), 'the tree is not shown')
		await shots(page, 'topic')
		await page.close()
	},

	'a tree is built by the keyboard, undone, saved': async () => {
		const { id } = await theTopic()
		const page = await session.as('ip_manager')
		await open(page, `/topics/${id}/trees/technology`)
		const names = () => page.locator('input.name').evaluateAll(list => list.map(input => input.value))
		await page.locator('input.name').nth(2).focus()
		await page.keyboard.press('Enter')
		await page.keyboard.type('视频理解')
		equal((await names())[3], '视频理解', 'a new node behind the one in focus')
		await page.keyboard.press('Tab')
		await page.locator('.path', { hasText: '1.2.1' }).waitFor()
		await page.keyboard.press('Shift+Tab')
		await page.keyboard.press('Alt+ArrowUp')
		equal((await names()).indexOf('视频理解'), 2, 'moved up')
		await page.keyboard.press('Control+Enter')
		await page.keyboard.type('TA=视频')
		await page.getByText(/专题内命中 [\d,]+ 件/).waitFor()
		await shots(page, 'tree')
		await page.locator('input.name').nth(2).focus()
		await page.keyboard.press('Control+z')
		equal(await page.getByRole('textbox', { name: '检索式' }).inputValue(), '', 'the query is undone')
		await page.keyboard.press('Control+y')
		equal(await page.getByRole('textbox', { name: '检索式' }).inputValue(), 'TA=视频', 'the query is back')
		await page.keyboard.press('Control+s')
		await page.getByText('分解表已保存').waitFor()
		await page.reload()
		await settleDown(page)
		equal((await names())[2], '视频理解', 'what was saved')
		await page.close()
	},

	'unsaved changes of a tree are kept and told': async () => {
		const { id } = await theTopic()
		const page = await session.as('ip_manager')
		await open(page, `/topics/${id}/trees/effect`)
		await page.getByRole('button', { name: '新增节点' }).first().click()
		await page.keyboard.type('提高精度')
		await page.getByText('有 1 个节点需要修改后才能保存').waitFor()
		await page.keyboard.type('与召回率')
		await page.getByText('有未保存的修改').waitFor()
		await page.getByRole('link', { name: '技术功效矩阵' }).first().click()
		await page.getByText('修改尚未保存').waitFor()
		await shot(page, 'tree-leave')
		await page.getByRole('button', { name: '离开' }).click()
		await page.waitForURL(/\/matrix/)
		await open(page, `/topics/${id}/trees/effect`)
		await page.getByText('已恢复上次未保存的修改').waitFor()
		await page.getByRole('button', { name: '放弃修改' }).click()
		await page.getByRole('dialog').getByRole('button', { name: '放弃修改' }).click()
		await page.waitForFunction(() => document.querySelectorAll('input.name').length === 3)
		await page.close()
	},

	'nodes are dragged by the mouse': async () => {
		const { id } = await theTopic()
		const page = await session.as('ip_manager')
		await open(page, `/topics/${id}/trees/effect`)
		const rows = page.locator('li.node')
		await rows.nth(2).locator('.handle').dragTo(rows.nth(0), { targetPosition: { x: 200, y: 16 } })
		await page.locator('.path', { hasText: '1.1' }).waitFor()
		equal(await page.locator('input.name').nth(1).inputValue(), '降低成本', 'dropped inside the first')
		await page.getByRole('button', { name: '撤销' }).click()
		equal(await page.locator('input.name').nth(2).inputValue(), '降低成本', 'undone')
		await page.close()
	},

	'a tree comes from a file and goes into one': async () => {
		const { id } = await makeTopic('ip_manager', '导入分解表的专题')
		const page = await session.as('ip_manager')
		await open(page, `/topics/${id}/trees/technology`)
		await page.getByRole('button', { name: '导入文件' }).click()
		const file = text => ({ name: 'tree.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
		await expectErrors(/422|400/, async () => {
			await page.locator('input[type=file]').setInputFiles(file('一级,二级,检索式\n动力,,TA=(电池\n'))
			await page.locator('.el-message--error').waitFor()
		})
		await page.locator('input[type=file]').setInputFiles(file('一级,二级,检索式\n动力,,\n,电池,TA=电池\n,电机,TA=电机\n'))
		await page.getByText('已导入 3 个节点').waitFor()
		equal(await page.locator('input.name').nth(2).inputValue(), '电机', 'the last node')
		await page.getByRole('button', { name: '导出' }).click()
		const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'TOML' }).click()])
		equal(saved.suggestedFilename(), '导入分解表的专题.toml', 'the file')
		await page.close()
	},

	'a topic is archived and taken up again': async () => {
		const { id } = await makeTopic('ip_manager', '归档的专题')
		const page = await session.as('ip_manager')
		await open(page, `/topics/${id}`)
		const act = async name => {
			await page.getByRole('button', { name: /更多/ }).press('Enter')
			await page.getByRole('menuitem', { name }).click()
		}
		await act('归档')
		await page.locator('.page-header').getByText('已归档').waitFor()
		await open(page, '/topics')
		equal(await page.getByRole('link', { name: '归档的专题' }).count(), 0, 'archived topics in the list')
		await page.getByText('包括已归档').click()
		await page.getByRole('link', { name: '归档的专题' }).click()
		await page.getByRole('heading', { name: '归档的专题' }).waitFor()
		await act('恢复使用')
		await page.locator('.page-header').getByText('已归档').waitFor({ state: 'detached' })
		await act('删除专题')
		await page.getByRole('dialog').getByRole('button', { name: '删除专题' }).click()
		await page.waitForURL(/\/topics$/)
		await page.close()
	},

	'the board shows, arranges and exports analyses': async () => {
		const { id } = await theTopic()
		const page = await session.as('ip_manager')
		await open(page, `/board?topic=${id}`)
		await chartsDrawn(page)
		await shots(page, 'board')
		const titles = () => page.locator('.card h2').allInnerTexts()
		const first = (await titles())[0]
		await page.locator('.card').first().getByRole('button', { name: `“${first}”后移` }).press('Enter')
		equal((await titles())[1], first, 'moved by the keyboard')
		await page.getByRole('button', { name: '选择分析' }).first().click()
		await page.getByRole('dialog').getByText('受理局分布').waitFor()
		await shot(page, 'board-choose')
		await axe(page)
		await page.getByRole('dialog').getByText('受理局分布').click()
		await page.getByRole('dialog').getByRole('button', { name: '添加', exact: true }).click()
		await page.getByRole('dialog').getByText('申请年 × 数量').waitFor()
		await page.getByRole('dialog').getByRole('button', { name: /确定/ }).click()
		equal((await titles()).slice(-2).join(), '受理局分布,申请年 × 数量', 'added at the end')
		await page.locator('.card').last().scrollIntoViewIfNeeded()
		await page.locator('.card').last().locator('svg').first().waitFor()
		await shot(page, 'board-count')
		await page.reload()
		await settleDown(page)
		equal((await titles()).at(-1), '申请年 × 数量', 'kept in the browser')
		const card = page.locator('.card').first()
		await card.getByRole('button', { name: '数据表' }).click()
		await card.getByRole('table').waitFor()
		await card.getByRole('button', { name: '导出' }).click()
		const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: '数据 Excel' }).filter({ visible: true }).click()])
		check(/\.xlsx$/.test(file.suggestedFilename()), file.suggestedFilename())
		await card.getByRole('button', { name: '图', exact: true }).click()
		await card.getByRole('button', { name: '导出' }).click()
		const [picture] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: '图片 PNG' }).filter({ visible: true }).click()])
		check(/\.png$/.test(picture.suggestedFilename()), picture.suggestedFilename())
		await card.getByRole('button', { name: '全屏' }).click()
		await page.getByRole('dialog').locator('svg').first().waitFor()
		await shot(page, 'board-whole')
		await page.keyboard.press('Escape')
		await page.close()
	},

	'every analysis is drawn': async () => {
		const { id } = await theTopic()
		const page = await session.as('ip_manager')
		await open(page, '/')
		const names = await page.evaluate(async () => (await (await fetch('/api/v1/analyses')).json()).figures.map(figure => figure.name))
		const organisation = await page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).organisation_id)
		await page.evaluate(([key, cards]) => localStorage.setItem(key, cards), [`yucheng.board.${organisation}.${id}`, JSON.stringify(names.map(name => ({ name, size: 'middle' })))])
		await open(page, `/board?topic=${id}`)
		const cards = page.locator('.card')
		equal(await cards.count(), names.length, 'cards')
		for (let at = 0; at < names.length; at++) {
			await cards.nth(at).scrollIntoViewIfNeeded()
			await cards.nth(at).locator('svg, .figure-table, .none').first().waitFor()
		}
		await settleDown(page)
		const empty = await cards.evaluateAll(list => list.filter(card => !card.querySelector('.chart-view svg path, .chart-view svg text, .figure-table')).map(card => card.getAttribute('aria-label')))
		console.log(`	without a chart: ${empty.join(', ') || 'none'}`)
		const tall = await page.evaluate(() => document.querySelector('.board').scrollHeight + 260)
		await page.setViewportSize({ width: 1366, height: Math.min(16000, tall) })
		await shot(page, 'board-all')
		await page.close()
	},

	'a mark of a chart opens its documents': async () => {
		const { id } = await theTopic()
		const page = await session.as('ip_manager')
		await open(page, `/board?topic=${id}`)
		await chartsDrawn(page)
		const card = page.locator('.card').filter({ hasText: '申请人排名' }).first()
		await card.getByRole('button', { name: '数据表' }).click()
		const count = await card.locator('td a').first().innerText()
		await card.locator('td a').first().press('Enter')
		await page.waitForURL(/\/navigator\?q=/)
		equal(new URL(page.url()).searchParams.get('topic'), '智能感知导航', 'the topic of the documents')
		await page.locator('main').getByText(new RegExp(`(^|\\D)${count}(\\D|$)`)).first().waitFor()
		await shot(page, 'board-documents')
		await page.goBack()
		await chartsDrawn(page)
		const bars = page.locator('.card').filter({ hasText: '申请趋势' }).first().locator('svg path[fill="#0b62a4"]')
		await bars.first().click()
		await page.waitForURL(/\/navigator\?q=/)
		await page.close()
	},

	'a cell of the matrix is looked at and becomes a finding': async () => {
		const { id } = await theTopic()
		const page = await session.as('ip_manager')
		await open(page, `/matrix?topic=${id}`)
		const cells = page.locator('button.cell')
		await cells.first().waitFor()
		await page.getByRole('button', { name: /^稀疏/ }).press('Enter')
		await cells.first().focus()
		await page.keyboard.press('ArrowRight')
		await page.keyboard.press('ArrowDown')
		await page.keyboard.press('Enter')
		await page.getByText('期望数量', { exact: true }).waitFor()
		await shots(page, 'matrix')
		await page.getByRole('button', { name: '登记为导航发现' }).click()
		await page.getByRole('dialog').waitFor()
		await settleDown(page)
		await shot(page, 'matrix-finding')
		await axe(page)
		await page.getByRole('dialog').getByRole('button', { name: '登记', exact: true }).click()
		await page.getByText('已登记为导航发现').waitFor()
		await page.getByRole('link', { name: /：|空白|热点|×/ }).first().waitFor()
		await open(page, '/matrix')
		await cells.first().waitFor()
		await shot(page, 'matrix-demo')
		await page.close()
	},

	'networks are looked at node by node': async () => {
		const { id } = await theTopic()
		const page = await session.as('ip_manager')
		for (const show of ['applicant_network', 'inventor_network', 'co_classification', 'wipo_fields', 'ipc_subclasses']) {
			await open(page, `/networks?topic=${id}&show=${show}`)
			await page.locator('.chart-view svg, .empty').first().waitFor()
			await shot(page, `network-${show}`)
		}
		await open(page, `/networks?topic=${id}&show=co_classification`)
		await page.locator('aside .link').first().press('Enter')
		await page.getByText('关联最多').waitFor()
		await shots(page, 'network')
		await page.close()
	},

	'a report is made, looked at and downloaded': async () => {
		const { id } = await theTopic()
		const page = await session.as('ip_manager')
		await open(page, `/reports?topic=${id}`)
		await page.getByText('还没有报告').waitFor()
		await page.getByLabel('报告标题').fill('智能感知专利导航')
		await page.getByLabel('报告标题').press('Enter')
		await page.locator('iframe').waitFor({ timeout: 60_000 })
		const frame = page.frameLocator('iframe')
		await frame.locator('.chart svg').first().waitFor()
		await axe(page)
		await shot(page, 'report-preview')
		const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载' }).first().click()])
		check(/\.html$/.test(file.suggestedFilename()), file.suggestedFilename())
		/* with a frame of no origin the browser never tells that nothing is being loaded */
		await open(page, `/reports?topic=${id}`)
		await page.getByText('智能感知专利导航.html').waitFor()
		await shots(page, 'report')
		await page.close()
	},

	'who may only read is offered nothing to change': async () => {
		const { id } = await theTopic()
		const page = await session.as('finance')
		await open(page, `/topics/${id}`)
		equal(await page.getByRole('button', { name: /更多/ }).count(), 0, 'menu of changes')
		await open(page, `/topics/${id}/trees/technology`)
		equal(await page.getByRole('button', { name: '保存' }).count(), 0, 'save')
		check(await page.locator('input.name').first().getAttribute('readonly') !== null, 'names can be typed')
		await page.close()
	}
}
