/*
 * What the tests of the web application share: one server on a demo workspace, one browser, and for
 * each role a page that is logged in. Whatever the browser's console calls an error, and any request to
 * another host, fails the test that runs.
 *
 *	export const tests = {
 *		'the director sees the workbench': async () => {
 *			const page = await session.as('director')
 *			await open(page, '/')
 *			check(await page.getByRole('heading', { name: '工作台' }).isVisible(), 'no workbench')
 *			await axe(page)
 *			await shots(page, 'home')
 *		},
 *	}
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { copyDemo } from './demo.mjs'

const require = createRequire(new URL('../../../web/package.json', import.meta.url))
const browserPath = process.env.YUCHENG_CHROMIUM || '/usr/bin/chromium'
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const phone = { width: 390, height: 844 }
const desk = { width: 1366, height: 768 }

export const password = 'Yucheng-2026-demo'
export const logins = { director: 'director1', ip_manager: 'manager1', researcher: 'researcher1', finance: 'finance1', agency: 'agent1', city_officer: 'officer1',
	province_officer: 'officer', expert: 'expert1', inspector: 'inspector', system_admin: 'sysadmin', security_admin: 'secadmin', audit_admin: 'auditadmin' }

let problems = []
let browser, server, screenshots
const contexts = new Map()
const settled = new Set()
const oneTime = new Map()

export let address = ''
export let data = ''

export const hasBrowser = () => existsSync(browserPath)

/* ---- What holds. */

export function check(holds, message) {
	if (!holds) problems.push(message)
	return !!holds
}

export function equal(given, wanted, what) {
	return check(Object.is(given, wanted), `${what}: ${JSON.stringify(given)} instead of ${JSON.stringify(wanted)}`)
}

/** Problems since the last call. */
export function takeProblems() {
	const taken = problems
	problems = []
	return taken
}

/* ---- Server and browser. */

export async function start(yucheng, output) {
	data = join(output, 'data')
	screenshots = process.env.YUCHENG_SCREENSHOTS || join(output, 'screenshots')
	rmSync(output, { recursive: true, force: true })
	mkdirSync(screenshots, { recursive: true })
	copyDemo(yucheng, data)
	for (const line of readFileSync(join(data, 'demo-accounts.txt'), 'utf8').split('\n')) {
		const [login, first] = line.split('\t')
		if (first && !login.startsWith('#')) oneTime.set(login, first)
	}
	address = await serve(yucheng)
	const { chromium } = require('playwright-core')
	browser = await chromium.launch({ executablePath: browserPath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update', '--disable-sync'] })
}

function serve(yucheng) {
	server = spawn(yucheng, ['serve', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] })
	let said = ''
	server.stderr.on('data', chunk => { said = (said + chunk).slice(-4000) })
	return new Promise((resolve, reject) => {
		let out = ''
		server.stdout.on('data', chunk => {
			out += chunk
			const port = out.match(/(?:端口|port) (\d+)/)?.[1]
			if (port) resolve(`http://127.0.0.1:${port}`)
		})
		server.on('exit', status => reject(new Error(`the server ended (${status}): ${said}`)))
	})
}

export async function stop() {
	for (const context of contexts.values()) await context.close()
	await browser?.close()
	if (!server || server.exitCode !== null) return
	const ended = new Promise(resolve => server.once('exit', resolve))
	server.removeAllListeners('exit')
	server.once('exit', () => undefined)
	server.kill('SIGTERM')
	await Promise.race([ended, new Promise(resolve => setTimeout(resolve, 10_000))])
	if (server.exitCode === null) server.kill('SIGKILL')
	rmSync(data, { recursive: true, force: true })
}

/** Console messages that match do not count while work runs: a refused login is logged by the browser. */
let expected = null
export async function expectErrors(pattern, work) {
	expected = pattern
	try {
		return await work()
	} finally {
		expected = null
	}
}

/* What a page has asked for: how often so far, and what has not come yet. */
const asked = new WeakMap()

function countRequests(page) {
	const requests = { count: 0, open: new Set() }
	asked.set(page, requests)
	page.on('request', request => {
		requests.count++
		requests.open.add(request)
	})
	for (const end of ['requestfinished', 'requestfailed']) page.on(end, request => requests.open.delete(request))
}

function watch(page) {
	countRequests(page)
	page.on('console', message => {
		if (['error', 'warning'].includes(message.type()) && !expected?.test(`${message.text()} ${message.location().url}`))
			problems.push(`console: ${message.text()} (${message.location().url})`)
	})
	page.on('pageerror', error => problems.push(`error: ${error.message}`))
	page.on('request', request => {
		if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) problems.push(`asks another host: ${request.url()}`)
	})
	page.on('response', response => { if (response.status() >= 500) problems.push(`${response.status()} from ${response.url()}`) })
	page.setDefaultTimeout(60_000)
	return page
}

/* In the page: timers ahead, as far as they are moments (the pause before a question that follows the keys), no minutes. */
function countTimers() {
	const ahead = new Set()
	const { setTimeout: set, clearTimeout: clear } = window
	window.setTimeout = (work, ms = 0, ...given) => {
		const id = set(() => {
			ahead.delete(id)
			work(...given)
		}, ms)
		if (ms <= 400) ahead.add(id)
		return id
	}
	window.clearTimeout = id => {
		ahead.delete(id)
		clear(id)
	}
	window.timersAhead = () => ahead.size
}

/* A message goes at once: while it fades its colours are none that could be judged. */
function keepMessagesWhole() {
	const whole = new CSSStyleSheet()
	whole.replaceSync('.el-message { transition: none !important }')
	document.adoptedStyleSheets = [whole]
}

export async function newContext(options = {}, key = Symbol('context')) {
	const context = await browser.newContext({ baseURL: address, viewport: desk, locale: 'zh-CN', acceptDownloads: true, ...options })
	await context.addInitScript(countTimers)
	await context.addInitScript(keepMessagesWhole)
	contexts.set(key, context)
	return context
}

/** A page of nobody. */
export async function newPage(options) {
	return watch(await (await newContext(options)).newPage())
}

/* ---- Persons. */

export const oneTimePassword = login => settled.has(login) ? null : oneTime.get(login)
/** Told by a test that has changed the password through the page. */
export const markSettled = login => settled.add(login)

async function settle(context, login) {
	const answer = await context.request.post('/api/v1/session', { data: { login, password: settled.has(login) ? password : oneTime.get(login) } })
	if (!answer.ok()) throw new Error(`login ${login}: ${answer.status()} ${await answer.text()}`)
	const { csrf } = await answer.json()
	if (settled.has(login)) return
	const changed = await context.request.put('/api/v1/session/password', { data: { old: oneTime.get(login), new: password }, headers: { 'X-CSRF-Token': csrf } })
	if (!changed.ok()) throw new Error(`password of ${login}: ${changed.status()} ${await changed.text()}`)
	settled.add(login)
}

async function contextOf(login) {
	if (contexts.has(login)) return contexts.get(login)
	const context = await newContext({}, login)
	await settle(context, login)
	/* frames of no origin have no storage */
	await context.addInitScript(name => { if (window.origin !== 'null') localStorage.setItem('yucheng.session', name) }, login)
	return context
}

export const session = {
	/** A new page of the role's person (or of a login), logged in; one browser context for each. */
	async as(role) {
		return watch(await (await contextOf(logins[role] ?? role)).newPage())
	},
	/** The API as that person: playwright's request context, with the CSRF token in headers. */
	async api(role) {
		const context = await contextOf(logins[role] ?? role)
		const { csrf } = await (await context.request.get('/api/v1/session')).json()
		return { request: context.request, headers: { 'X-CSRF-Token': csrf } }
	},
	/** After the test logged it out. */
	async forget(role) {
		const login = logins[role] ?? role
		await contexts.get(login)?.close()
		contexts.delete(login)
	}
}

/* ---- Looking. */

/** Opens an address of the application and waits until nothing is being loaded. */
export async function open(page, path) {
	await page.goto(address + path)
	await settleDown(page)
}

/* Two frames: what came is shown. Then: nothing is ahead, nothing is said to be loading. */
const isStill = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() =>
	resolve(window.timersAhead() === 0 && !document.querySelector('.el-skeleton, [aria-busy="true"]')))))

/** Waits until nothing is asked for, ahead or being loaded, and all that came is shown. */
export async function settleDown(page) {
	const requests = asked.get(page)
	const until = Date.now() + 60_000
	while (Date.now() < until) {
		const before = requests.count
		/* a page that is left meanwhile answers with an error */
		const still = requests.open.size === 0 && await page.evaluate(isStill).catch(() => false)
		if (still && requests.count === before) return
		if (!still) await new Promise(resolve => setTimeout(resolve, 10))
	}
	problems.push(`${page.url()}: never done loading`)
}

/* Whatever moves has come to its end. */
async function standStill(page) {
	await settleDown(page)
	await page.evaluate(() => Promise.race([Promise.allSettled(document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity).map(one => one.finished)),
		new Promise(resolve => setTimeout(resolve, 1500))]).then(() => undefined))
}

const everyRule = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }
const rulesOfColours = { type: 'rule', values: ['color-contrast'] }

/** axe-core on the page as it is, without the lists Element Plus hangs at its end; each violation is a problem. */
export async function axe(page, name = page.url(), runOnly = everyRule) {
	await standStill(page)
	if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axeSource)
	const found = await page.evaluate(rules => window.axe.run({ exclude: [['.el-select__popper'], ['.el-picker__popper']] }, { resultTypes: ['violations'], runOnly: rules }), runOnly)
	for (const violation of found.violations)
		problems.push(`axe ${name}: ${violation.id} (${violation.help}): ${violation.nodes.slice(0, 3).map(node => `${node.target.join(' ')} ${node.any[0]?.message ?? node.html.slice(0, 120)}`).join(' | ')}`)
	return found.violations.length === 0
}

/** One picture: NAME.png among the build's screenshots. */
export async function shot(page, name) {
	await standStill(page)
	await page.screenshot({ path: join(screenshots, `${name}.png`) })
}

async function speak(page, language) {
	await page.evaluate(wanted => {
		localStorage.setItem('yucheng.language', wanted)
		window.dispatchEvent(new StorageEvent('storage', { key: 'yucheng.language', newValue: wanted }))
	}, language)
}

/** Four pictures: light, dark, English, phone; the page stays as it was. Judged by axe in each arrangement, in the dark by its colours. */
export async function shots(page, name) {
	await shot(page, `${name}-light`)
	await axe(page, `${name} light`)
	await page.emulateMedia({ colorScheme: 'dark' })
	await shot(page, `${name}-dark`)
	await axe(page, `${name} dark`, rulesOfColours)
	await page.emulateMedia({ colorScheme: 'light' })
	await speak(page, 'en')
	await shot(page, `${name}-en`)
	await speak(page, 'zh')
	await page.setViewportSize(phone)
	await shot(page, `${name}-phone`)
	await axe(page, `${name} phone`)
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
	check(wide <= 0, `${name}: ${wide} pixels too wide for a phone`)
	await page.setViewportSize(desk)
}
