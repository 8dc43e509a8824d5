/*
 * From the disclosure to the checked draft: the editor, the desk of evaluations, the draft with its
 * findings. Each test makes the states it needs through the API and goes on with what the one before left.
 */
import { readFileSync } from 'node:fs'
import { axe, check, equal, expectErrors, open, session, settleDown, shot, shots } from './harness.mjs'

const title = '示例·一种带自锁的快拆机臂'
const fixture = name => readFileSync(new URL(`../../data/lint/${name}`, import.meta.url))

let disclosure = 0, drafts = [], quality = 0

/* ---- What the tests ask of the server beside the page. */

async function api(role, method, path, data, headers = {}) {
	const { request, headers: own } = await session.api(role)
	const answer = await request.fetch(`/api/v1${path}`, { method, headers: { ...own, ...headers }, ...(data === undefined ? {} : { data }) })
	const text = await answer.text()
	return { status: answer.status(), body: text ? JSON.parse(text) : null }
}

async function done(role, method, path, data, headers) {
	const answer = await api(role, method, path, data, headers)
	if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
	return answer.body
}

const step = (role, type, id, name, comment) => done(role, 'POST', `/records/${type}/${id}/steps/${name}`, comment ? { comment } : {})
const userId = async role => (await done(role, 'GET', '/session')).user_id

async function patch(role, type, id, fields) {
	const now = await done(role, 'GET', `/records/${type}/${id}`)
	return done(role, 'PATCH', `/records/${type}/${id}`, { fields }, { 'If-Match': `"${now.version}"` })
}

async function keyField() {
	const found = await done('ip_manager', 'GET', '/records/key_field?limit=1')
	return found.records[0] ?? done('ip_manager', 'POST', '/records/key_field', { fields: { name: '示例·无人机机臂', sphere: 'aerospace', direction: '快拆与自锁结构' } })
}

const field = (page, name) => page.locator(`#field-${name}`)

/* Element Plus: a select's option by its text. */
async function pick(page, label, option, isFilter = true) {
	const box = page.getByRole('combobox', { name: label })
	await box.click({ force: true })
	if (isFilter) {
		const answered = page.waitForResponse(answer => new URL(answer.url()).searchParams.get('search') === option)
		await box.fill(option)
		await answered
	}
	await page.getByRole('option', { name: option }).first().click()
	await page.keyboard.press('Escape')
}

export const tests = {
	'a disclosure is written section by section, and told what it lacks': async () => {
		const area = await keyField()
		const page = await session.as('researcher')
		await open(page, '/records/disclosure')
		await page.getByRole('button', { name: '新增' }).click()
		await page.waitForURL('**/disclosures/new')
		await settleDown(page)
		await page.getByRole('button', { name: '保存' }).click()
		await page.getByText('该项必填').first().waitFor()
		await axe(page, 'new disclosure')
		await field(page, 'title').fill(title)
		await pick(page, '重点技术领域', area.title)
		await pick(page, '保密等级', '一般', false)
		await pick(page, '发明人', '何翼飞')
		await page.getByRole('textbox', { name: '何翼飞 的份额' }).fill('60')
		await page.getByRole('button', { name: '添加外单位人员' }).click()
		await page.getByRole('textbox', { name: '外单位人员姓名' }).fill('示例·外协')
		await page.getByRole('textbox', { name: '示例·外协 的份额' }).fill('30')
		await page.getByText('合计应为 100').waitFor()
		await page.getByRole('textbox', { name: '示例·外协 的份额' }).fill('40')
		await page.getByText('合计 100%').waitFor()
		await field(page, 'background').fill('现有快拆机臂以螺栓固定，拆装一次约需十分钟。')
		await page.keyboard.press('Control+s')
		await page.waitForURL(/\/disclosures\/\d+$/)
		disclosure = Number(page.url().match(/(\d+)$/)[1])
		await settleDown(page)
		await page.getByRole('button', { name: '提交', exact: true }).click()
		await page.getByText(/还不能提交：须达到 80%；缺少必填的/).waitFor()
		await shots(page, 'disclosure')
		await page.getByRole('navigation', { name: '完整度与目录' }).getByRole('button', { name: /要解决的技术问题/ }).click()
		equal(await page.evaluate(() => document.activeElement.id), 'field-problem', 'focus after a click on what is missing')
		await page.keyboard.type('拆装费时，且振动下容易松脱。')
		await page.getByText(/已留存在本浏览器/).waitFor()
		await page.getByRole('button', { name: '保存' }).click()
		await page.getByText(/^已保存，/).waitFor()
		await page.close()
	},

	'a text typed and not saved is there again after the window was closed': async () => {
		let page = await session.as('researcher')
		await open(page, `/disclosures/${disclosure}`)
		await field(page, 'technical_field').fill('无人机结构')
		await page.getByText(/已留存在本浏览器/).waitFor()
		await page.close()
		page = await session.as('researcher')
		await open(page, `/disclosures/${disclosure}`)
		await page.getByText(/没有保存的内容/).waitFor()
		equal(await field(page, 'technical_field').inputValue(), '', 'stored value')
		await shot(page, 'disclosure-kept')
		await axe(page, 'offer of what was typed')
		await page.getByRole('button', { name: '恢复' }).click()
		equal(await field(page, 'technical_field').inputValue(), '无人机结构', 'restored value')
		await page.keyboard.press('Control+s')
		await page.getByText(/^已保存，/).waitFor()
		await page.reload()
		await settleDown(page)
		equal(await page.getByText(/没有保存的内容/).count(), 0, 'offers after saving')
		await page.close()
	},

	'two who write the same field: both texts are shown, and the person merges': async () => {
		const page = await session.as('researcher')
		await open(page, `/disclosures/${disclosure}`)
		await field(page, 'effects').fill('拆装时间由十分钟缩短到三十秒。')
		await field(page, 'problem').fill('拆装费时，振动下螺栓松脱。')
		await patch('ip_manager', 'disclosure', disclosure, { problem: '拆装费时，振动下容易松脱，且无锁止提示。', goals: '覆盖本中心全部快拆机型。' })
		await expectErrors(/409/, async () => {
			await page.getByRole('button', { name: '保存' }).click()
			await page.getByRole('heading', { name: /许知微 同时修改了 1 项内容/ }).waitFor()
		})
		equal(await field(page, 'goals').inputValue(), '覆盖本中心全部快拆机型。', 'field the other changed alone')
		equal(await field(page, 'effects').inputValue(), '拆装时间由十分钟缩短到三十秒。', 'field typed alone')
		await shots(page, 'disclosure-conflict')
		await page.getByRole('button', { name: '合在一起再编辑' }).click()
		const problem = field(page, 'problem')
		equal(await problem.inputValue(), '拆装费时，振动下容易松脱，且无锁止提示。\n拆装费时，振动下螺栓松脱。', 'both texts')
		await problem.fill('拆装费时，振动下螺栓松脱，且无锁止提示。')
		await page.keyboard.press('Control+s')
		await page.getByText(/^已保存，/).waitFor()
		/* another's change of another field alone is merged without a word to be decided */
		await field(page, 'funding').fill('自筹')
		await patch('ip_manager', 'disclosure', disclosure, { variants: '锁销可为滚珠或者卡爪。' })
		await expectErrors(/409/, async () => {
			await page.getByRole('button', { name: '保存' }).click()
			await page.getByText(/已合并后保存/).waitFor()
		})
		const stored = (await done('researcher', 'GET', `/records/disclosure/${disclosure}`)).fields
		equal(`${stored.funding} ${stored.variants}`, '自筹 锁销可为滚珠或者卡爪。', 'both changes stored')
		await page.close()
	},

	'a complete disclosure is submitted; who may only read reads it, on a phone too': async () => {
		const page = await session.as('researcher')
		await open(page, `/disclosures/${disclosure}`)
		for (const [name, text] of [['closest_art', 'CN190000001A'], ['solution', '机臂座与机臂之间设置锁销和弹性锁舌，锁销带有到位传感器。'], ['essential', '机臂座\n与机臂座插接的机臂\n设置于机臂座上的锁销\n抵接锁销的弹性锁舌'],
			['embodiments', '实施例一，锁销为圆柱销，直径六毫米。实施例二，锁销为滚珠。'], ['publicity', '无']])
			await field(page, name).fill(text)
		await page.getByText('已达到提交要求').waitFor()
		await page.getByRole('button', { name: '提交', exact: true }).click()
		const dialog = page.getByRole('dialog')
		await dialog.getByRole('button', { name: '提交', exact: true }).click()
		await page.locator('.page-header').getByText('已提交').waitFor()
		await settleDown(page)
		equal(await page.getByRole('button', { name: '保存' }).count(), 0, 'save buttons of a submitted disclosure')
		await page.getByRole('tab', { name: '历史' }).click()
		await page.getByText('许知微').first().waitFor()
		await shots(page, 'disclosure-read')
		await page.close()
		const officer = await session.as('city_officer')
		await open(officer, `/records/disclosure/${disclosure}`)
		check(officer.url().includes('/records/disclosure/'), 'the officer is led to the editor')
		equal(await officer.getByText('弹性锁舌').count(), 0, 'technical content shown to the bureau')
		await officer.close()
	},

	'the manager compares the features with the collection and puts the disclosure to evaluation': async () => {
		await step('ip_manager', 'disclosure', disclosure, 'accept')
		await patch('ip_manager', 'disclosure', disclosure, { essential: '动力电池的散热装置\n电池模组之间设置液冷板\n量子密钥分发' })
		const page = await session.as('ip_manager')
		await open(page, `/disclosures/${disclosure}`)
		await page.getByText('机器辅助比对').click()
		await page.getByRole('button', { name: '比对', exact: true }).click()
		await page.getByText('新颖性（单独对比）').waitFor()
		await page.getByRole('region', { name: '特征对比表' }).scrollIntoViewIfNeeded()
		await shots(page, 'disclosure-evidence')
		await page.getByRole('button', { name: '写入特征对比表' }).click()
		check((await field(page, 'features').inputValue()).includes('量子密钥分发：D1'), 'no feature chart')
		await field(page, 'search_query').fill('TA=(机臂 AND 快拆)')
		await field(page, 'search_databases').fill('专题数据库')
		await field(page, 'search_hits').fill('12')
		await pick(page, '评估人', '许知微')
		await pick(page, '评估人', '秦远航')
		await page.getByRole('button', { name: '提交评估' }).click()
		await page.getByRole('dialog').getByRole('button', { name: '提交评估' }).click()
		await page.locator('.page-header').getByText('评估中').waitFor()
		await page.close()
	},

	'a sheet is scored by the keyboard; nobody sees another\'s scores before all have submitted': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/evaluations')
		await shots(page, 'evaluation-desk')
		await page.getByRole('link', { name: `评分 ${title}` }).focus()
		await page.keyboard.press('Enter')
		await page.waitForURL(/\/evaluations\/\d+$/)
		await settleDown(page)
		const sheet = Number(page.url().match(/(\d+)$/)[1])
		await page.getByRole('radio', { name: '4 分' }).first().focus()
		await page.keyboard.press('Space')
		await page.keyboard.press('ArrowRight')
		equal(await page.locator('#item-m1').getByRole('textbox', { name: /精确/ }).inputValue(), '5', 'score after an arrow key')
		await page.getByRole('button', { name: '提交评分' }).click()
		await page.locator('.foot').getByText(/还有 \d+ 项未评分/).waitFor()
		for (const item of await page.locator('.items > li').all()) await item.getByRole('textbox', { name: /精确/ }).fill('4.2')
		equal(await page.locator('.foot').getByText(/还有 \d+ 项未评分/).count(), 0, 'words about missing scores when all are scored')
		await page.locator('#item-l6').getByRole('textbox', { name: /精确/ }).fill('0')
		await page.getByText(/否决：权属清晰/).waitFor()
		equal(await page.locator('.total .decision').textContent(), '建议：不申请', 'proposal with a veto')
		await page.locator('#item-l6').getByRole('textbox', { name: /精确/ }).fill('4.2')
		await page.locator('#item-k1').getByRole('textbox', { name: /精确/ }).fill('1')
		equal(await page.locator('.total .number b').textContent(), '84.0', 'live total')
		await page.getByRole('textbox', { name: '新颖性的依据' }).fill('检索范围内未见单篇公开全部特征。')
		await page.getByRole('button', { name: '比对', exact: true }).click()
		await page.getByRole('button', { name: '写入创造性依据' }).click()
		check((await page.getByRole('textbox', { name: '创造性的依据' }).inputValue()).includes('最接近的现有技术'), 'no proposed evidence')
		await shots(page, 'evaluation-sheet')
		await page.getByLabel('总体依据').fill('查新报告及市场访谈记录。')
		await page.keyboard.press('Control+s')
		await page.getByText(/^已保存，/).waitFor()
		const own = (await done('ip_manager', 'GET', `/records/evaluation/${sheet}`)).fields
		equal(own.l1, '4.2', 'stored score')
		check(own.evidence.includes('【L2 新颖性】检索范围内'), `evidence ${own.evidence}`)
		await page.getByRole('button', { name: '提交评分' }).click()
		await page.getByRole('dialog').getByText(/没有单独写明/).waitFor()
		await page.getByRole('button', { name: '以总体依据为准' }).click()
		await page.getByRole('dialog', { name: '提交评分' }).getByRole('button', { name: '提交评分' }).click()
		await page.getByText(/其余评估人全部提交后/).waitFor()
		/* the server does not send them */
		for (const role of ['director', 'researcher']) {
			const seen = await api(role, 'GET', `/records/evaluation/${sheet}`)
			const isKept = value => value === undefined || value?.masked === ''
			check(seen.status === 404 || (isKept(seen.body.fields.l1) && isKept(seen.body.fields.evidence)), `${role} is sent scores before submitting: ${JSON.stringify(seen.body.fields)}`)
			const listed = (await api(role, 'GET', `/records/evaluation?filter=disclosure_id:=:${disclosure}`)).body?.records?.find(row => row.id === sheet)
			check(!listed || isKept(listed.fields.l1), `${role} is sent scores in a list`)
		}
		await open(page, `/disclosures/${disclosure}/evaluation`)
		await page.getByText('还有 1 人没有提交').waitFor()
		await shot(page, 'evaluation-waiting')
		await axe(page, 'round that waits')
		await page.close()
	},

	'the round is put together with its spread, and the director decides': async () => {
		const mine = (await done('director', 'GET', `/records/evaluation?filter=evaluator_id:=:${await userId('director')};disclosure_id:=:${disclosure}`)).records[0]
		const { items } = await done('director', 'GET', '/evaluation-items')
		await patch('director', 'evaluation', mine.id, { ...Object.fromEntries(items.map(item => [item.field, item.id === 'K1' ? '1' : '3.8'])), m1: '1.5', evidence: '【M1 市场规模】目标机型年销量不足千台。', opinion: '建议申请，注意检索国外机型。' })
		await step('director', 'evaluation', mine.id, 'submit')
		const page = await session.as('director')
		await open(page, '/evaluations')
		await page.getByRole('link', { name: title }).first().click()
		await page.waitForURL(/\/evaluation$/)
		await settleDown(page)
		const stored = (await done('director', 'GET', `/records/disclosure/${disclosure}`)).fields
		equal(await page.locator('.total .number b').textContent(), stored.score, 'mean of the round')
		equal(await page.locator('tfoot td').nth(2).textContent(), stored.score, 'mean in the table')
		await page.getByRole('row', { name: /市场规模/ }).getByText('分歧').waitFor()
		check(await page.getByRole('columnheader').nth(1).textContent().then(text => text.includes('秦远航（我）')), 'own scores are not first')
		await shots(page, 'evaluation-round')
		await page.getByRole('button', { name: '决定申请' }).click()
		const dialog = page.getByRole('dialog')
		await dialog.getByLabel('意见').fill('符合产品规划')
		await page.keyboard.press('Control+Enter')
		await page.locator('.decide').getByText(/决定：申请/).waitFor()
		await page.close()
	},

	'a draft shows its findings in the text, and leads from one to the other': async () => {
		const agency = (await done('ip_manager', 'GET', '/records/organisation?filter=kind:=:agency&limit=5')).records[0]
		await patch('ip_manager', 'disclosure', disclosure, { agency_id: agency.id })
		await step('ip_manager', 'disclosure', disclosure, 'commission')
		for (const name of ['faults_old.txt', 'faults_new.txt']) {
			const made = await done('ip_manager', 'POST', '/records/draft', { fields: { disclosure_id: disclosure, due_on: '2026-12-20', agent: '示例·杨代', claims: 4 } })
			const { request, headers } = await session.api('ip_manager')
			const sent = await request.post(`/api/v1/records/draft/${made.id}/files?field=file`, { headers, multipart: { file: { name, mimeType: 'text/plain', buffer: fixture(name) } } })
			equal(sent.status(), 201, `upload of ${name}`)
			drafts.push(made.id)
		}
		await step('ip_manager', 'draft', drafts[1], 'deliver')
		const page = await session.as('ip_manager')
		await open(page, `/records/draft/${drafts[1]}`)
		await page.waitForURL(/\/drafts\/\d+/)
		await settleDown(page)
		const view = await done('ip_manager', 'GET', `/drafts/${drafts[1]}/view`)
		const list = page.getByRole('region', { name: '检查发现' })
		equal(await list.locator('ol > li').count(), view.findings.length, 'findings listed')
		const first = view.findings.find(one => one.part === 'claims' && one.words)
		const row = list.locator('ol > li').filter({ hasText: first.message }).first()
		await row.getByRole('button').first().click()
		const mark = page.locator('.text-column .found.current')
		await mark.first().waitFor()
		check((await mark.allTextContents()).join('').includes(first.words.slice(0, 2)), `marked ${await mark.allTextContents()} for ${first.words}`)
		await row.getByText('依据', { exact: true }).waitFor()
		await shots(page, 'draft')
		await page.locator('.text-column').click({ position: { x: 5, y: 5 } })
		await page.keyboard.press('j')
		await page.locator('.finding-column li.current').waitFor()
		await page.locator('.text-column .found').last().focus()
		await page.keyboard.press('Enter')
		check(await list.locator('li.current .message').isVisible(), 'no finding of the mark')
		await list.getByRole('button', { name: /^错误 \d+$/ }).click()
		equal(await list.locator('ol > li').count(), view.counts.E, 'errors listed')
		equal(await page.locator('.text-column .found').first().getAttribute('class').then(text => text.includes('E')), true, 'only errors are marked')
		await list.getByRole('button', { name: /^全部 \d+$/ }).click()
		await list.getByRole('combobox', { name: '按规则筛选' }).click({ force: true })
		await page.getByRole('option', { name: first.rule }).first().click()
		equal(await list.locator('ol > li').count(), view.findings.filter(one => one.rule === first.rule).length, 'findings of the rule')
		await page.close()
	},

	'claims are drawn as a tree and walked through by the keyboard; the draft before is compared': async () => {
		const page = await session.as('ip_manager')
		await open(page, `/drafts/${drafts[1]}?tab=tree`)
		const nodes = page.locator('svg .node')
		equal(await nodes.count(), 4, 'claims drawn')
		await nodes.first().focus()
		await page.keyboard.press('ArrowRight')
		await page.keyboard.press('ArrowDown')
		await page.keyboard.press('Enter')
		await page.getByRole('heading', { name: '权利要求 3' }).waitFor()
		await shots(page, 'draft-tree')
		await page.getByRole('tab', { name: '与上一稿比较' }).click()
		await page.getByRole('heading', { name: '已改正' }).waitFor()
		await settleDown(page)
		const compared = await done('ip_manager', 'GET', `/drafts/${drafts[1]}/comparison`)
		check(compared.fixed.length > 0 && compared.still.length > 0, `${compared.fixed.length} mended, ${compared.still.length} still there`)
		equal(await page.locator('.changes .fixed li').count(), compared.fixed.length, 'mended findings')
		await shots(page, 'draft-compare')
		await page.locator('.changes .still button').first().click()
		await page.locator('.text-column .found.current').first().waitFor()
		await open(page, `/drafts/${drafts[0]}?tab=compare`)
		await page.getByText('没有可比较的上一稿').waitFor()
		await page.close()
	},

	'a checker runs the check, waives with a reason, fills in the sheet, and the draft passes': async () => {
		const page = await session.as('ip_manager')
		await open(page, `/drafts/${drafts[1]}?tab=quality`)
		await page.getByRole('button', { name: '开始质检' }).click()
		await page.getByRole('button', { name: '运行机检' }).click()
		await page.getByText(/较上一稿：新出现/).waitFor()
		quality = (await done('ip_manager', 'GET', `/records/quality_check?filter=draft_id:=:${drafts[1]}`)).records[0].id
		await page.getByRole('tab', { name: '正文与发现' }).click()
		const list = page.getByRole('region', { name: '检查发现' })
		for (let left = 20; left; left--) {
			await list.getByRole('button', { name: /^错误 \d+$/ }).click()
			const row = list.locator('ol > li').first()
			if (!await row.count()) break
			await row.getByRole('button').first().click()
			await row.getByRole('button', { name: '豁免' }).click()
			const dialog = page.getByRole('dialog')
			await dialog.getByRole('button', { name: '豁免' }).click()
			await dialog.getByText('该项必填').waitFor()
			if (left === 20) {
				await axe(page, 'waiver')
				await shot(page, 'draft-waive')
			}
			await dialog.getByLabel('理由').fill('附图另行提交，已核对')
			await dialog.getByRole('button', { name: '豁免' }).click()
			await dialog.waitFor({ state: 'hidden' })
			await settleDown(page)
		}
		await list.getByRole('button', { name: /^已豁免 \d+$/ }).click()
		await list.locator('ol > li').first().getByRole('button').first().click()
		await page.getByText(/豁免理由：附图另行提交/).waitFor()
		await page.getByRole('tab', { name: '质量评价' }).click()
		for (const [name, points] of [['技术方案表述', 11], ['保护范围规划', 10], ['权利稳定性', 8], ['权利要求布局', 16], ['背景技术论述', 8], ['技术问题与效果', 7], ['充分公开', 16], ['形式问题', 10]])
			await page.getByLabel(name).fill(String(points))
		await page.getByLabel('技术方案表述').fill('13')
		await page.getByText('应为 0—12 的整数').waitFor()
		await page.getByLabel('技术方案表述').fill('11')
		await page.getByText('总分 86').waitFor()
		await shots(page, 'draft-quality')
		await page.getByRole('button', { name: '合格', exact: true }).click()
		await page.getByRole('dialog').getByRole('button', { name: '合格', exact: true }).click()
		await page.locator('.page-header').getByText('待发明人确认').waitFor()
		equal((await done('ip_manager', 'GET', `/records/quality_check/${quality}`)).fields.total, 86, 'stored total')
		await page.close()
	},

	'an inventor confirms the draft on a phone': async () => {
		const page = await session.as('researcher')
		await page.setViewportSize({ width: 390, height: 844 })
		await open(page, `/drafts/${drafts[1]}`)
		await page.getByText(/错误均已由质检人核对并豁免/).waitFor()
		await shot(page, 'draft-confirm-phone')
		await page.getByRole('button', { name: '确认', exact: true }).click()
		await page.getByRole('dialog').getByRole('button', { name: '确认', exact: true }).click()
		await page.locator('.page-header').getByText('已确认').waitFor()
		await axe(page, 'confirmed draft')
		await page.close()
	},

	'who logs out is told of what is not saved, and leaves nothing of it in the browser': async () => {
		const page = await session.as('researcher')
		const kept = () => page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('yucheng.kept.')).length)
		const logOut = async () => {
			await page.locator('.top-bar .person').click()
			await page.getByRole('menuitem', { name: '退出登录' }).click()
		}
		await open(page, '/disclosures/new')
		await field(page, 'title').fill('示例·未写完的提案')
		await page.getByText(/已留存在本浏览器/).waitFor()
		await logOut()
		const question = page.getByRole('dialog', { name: '退出登录' })
		await question.getByText(/1 份没有保存的内容/).waitFor()
		await shot(page, 'logout-unsaved')
		await axe(page, 'question before logging out')
		await question.getByRole('button', { name: '取消' }).click()
		equal(await field(page, 'title').inputValue(), '示例·未写完的提案', 'text of who stays')
		equal(await kept(), 1, 'kept texts of who stays')
		await logOut()
		await question.getByRole('button', { name: '清除并退出' }).click()
		await page.waitForURL(/\/login/)
		equal(await kept(), 0, 'kept texts after logging out')
		await page.close()
		await session.forget('researcher')
	}
}
