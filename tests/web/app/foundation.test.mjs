/* Logging in, the shell, the workbench, and what every role sees of them. */
import { createHmac } from 'node:crypto'
import { address, axe, check, equal, expectErrors, logins, markSettled, newContext, newPage, oneTimePassword, open, password, session, settleDown, shot, shots } from './harness.mjs'

async function logIn(page, login, secret) {
	await page.getByLabel('登录名').fill(login)
	await page.getByLabel('密码', { exact: true }).fill(secret)
	await page.getByRole('button', { name: '登录', exact: true }).click()
}

/* Bytes of the scripts a page asks for, as they came over the wire. */
function weighScripts(page) {
	const sizes = []
	page.on('response', response => { if (/\.js$/.test(response.url())) sizes.push(response.request().sizes().then(size => size.responseBodySize)) })
	return async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/* RFC 6238: the code of the secret for now. */
function totp(secret) {
	const bits = [...secret.replace(/[\s=]/g, '')].map(sign => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('')
	const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))
	const counter = Buffer.alloc(8)
	counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
	const hash = createHmac('sha1', key).update(counter).digest()
	const at = hash[19] & 15
	return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export const tests = {
	'the first page is small and quick': async () => {
		const page = await newPage()
		const weigh = weighScripts(page)
		const from = Date.now()
		await page.goto(address)
		await page.getByLabel('登录名').waitFor()
		const ready = Date.now() - from
		await settleDown(page)
		const bytes = await weigh()
		console.log(`	login page: ${ready} ms to interactive, ${(bytes / 1024).toFixed(0)} KiB of JavaScript compressed`)
		check(bytes > 0 && bytes <= 400 * 1024, `${bytes} bytes of JavaScript`)
		await shots(page, 'login')
		await page.context().close()
	},

	'a wrong password is told': async () => {
		const page = await newPage()
		await page.goto(address)
		await expectErrors(/401/, async () => {
			await logIn(page, 'director1', 'wrong')
			await page.getByRole('alert').filter({ hasText: '登录名或密码不正确' }).waitFor()
		})
		await axe(page)
		await shot(page, 'login-wrong')
		await page.context().close()
	},

	'a one-time password is changed before anything else, and the wanted page follows': async () => {
		const page = await newPage()
		const login = logins.director
		await page.goto(`${address}/profile`)
		await page.waitForURL(url => url.searchParams.get('next') === '/profile')
		await logIn(page, login, oneTimePassword(login))
		await page.getByRole('heading', { name: '请先修改一次性密码' }).waitFor()
		await shots(page, 'first-password')
		await page.getByLabel('一次性密码').fill(oneTimePassword(login))
		await page.getByLabel('新密码', { exact: true }).fill('short')
		await page.getByLabel('再次输入新密码').fill('short')
		await expectErrors(/4\d\d/, async () => {
			await page.getByRole('button', { name: '修改密码' }).click()
			await page.getByText(/密码至少需要/).waitFor()
		})
		await page.getByLabel('新密码', { exact: true }).fill(password)
		await page.getByLabel('再次输入新密码').fill(password)
		await page.getByRole('button', { name: '修改密码' }).click()
		await page.waitForURL(url => url.pathname === '/profile')
		markSettled(login)
		await page.context().close()
	},

	'the first page after the login is interactive in time': async () => {
		const signedIn = await session.as('director')
		const page = await newPage({ storageState: await signedIn.context().storageState() })
		await page.addInitScript(() => localStorage.setItem('yucheng.session', 'director1'))
		const weigh = weighScripts(page)
		const from = Date.now()
		await page.goto(address)
		await page.getByRole('heading', { name: '工作台' }).waitFor()
		const ready = Date.now() - from
		await settleDown(page)
		const bytes = await weigh()
		console.log(`	workbench: ${ready} ms to interactive with a cold cache, ${(bytes / 1024).toFixed(0)} KiB of JavaScript compressed`)
		check(bytes > 0 && bytes <= 400 * 1024, `${bytes} bytes of JavaScript`)
		await page.context().close()
	},

	'every role has its menu and its workbench': async () => {
		for (const role of Object.keys(logins)) {
			const page = await session.as(role)
			await open(page, '/')
			check(await page.getByRole('heading', { name: '工作台' }).isVisible(), `${role}: no workbench`)
			check(await page.getByRole('navigation', { name: '主菜单' }).getByRole('link').count() > 0, `${role}: empty menu`)
			if (role === 'director') await shots(page, 'home')
			else await shot(page, `home-${role}`)
			await axe(page, `home of ${role}`)
			await page.close()
		}
	},

	'keys lead to the workbench, to the list of keys and past the menu': async () => {
		const page = await session.as('director')
		await open(page, '/profile')
		await page.keyboard.press('g')
		await page.keyboard.press('h')
		await page.waitForURL(`${address}/`)
		await page.keyboard.press('?')
		await page.getByRole('dialog', { name: '键盘快捷键' }).waitFor()
		await shot(page, 'shortcuts')
		await page.keyboard.press('Escape')
		await page.getByRole('dialog').waitFor({ state: 'hidden' })
		await open(page, '/')
		await page.keyboard.press('Tab')
		equal(await page.evaluate(() => document.activeElement.textContent), '跳到正文', 'first Tab')
		await page.keyboard.press('Enter')
		equal(await page.evaluate(() => document.activeElement.id), 'main', 'skip link')
		await page.close()
	},

	'a second factor is set up from its picture and asked for at the next login': async () => {
		const page = await session.as('finance')
		await open(page, '/profile')
		await page.getByRole('button', { name: '生成二维码' }).click()
		await page.getByRole('img', { name: /二维码/ }).waitFor()
		await shot(page, 'second-factor')
		const secret = await page.locator('.handover code').textContent()
		await page.getByRole('textbox', { name: '动态验证码' }).fill(totp(secret))
		await page.getByRole('button', { name: '启用' }).click()
		await page.getByText(/^已启用/).waitFor()
		await page.close()
		const again = await newPage()
		await again.goto(address)
		await expectErrors(/401/, async () => {
			await logIn(again, logins.finance, password)
			await again.getByRole('textbox', { name: '动态验证码' }).waitFor()
			await axe(again, 'login with code')
			await shot(again, 'login-code')
			/* a code is good once: the next one is due within half a minute */
			await again.getByRole('textbox', { name: '动态验证码' }).fill('000000')
			await again.getByRole('button', { name: '登录', exact: true }).click()
			await again.getByRole('alert').filter({ hasText: '动态验证码不正确' }).waitFor()
		})
		await again.context().close()
		await session.forget('finance')
	},

	'other pages of the shell': async () => {
		const page = await session.as('director')
		for (const [path, name] of [['/profile', 'profile'], ['/jobs', 'jobs'], ['/help', 'help'], ['/nowhere', 'not-found']]) {
			await open(page, path)
			await shots(page, name)
		}
		await page.close()
	},

	'files of the application are cached for a year, its page never, unknown ones are not there': async () => {
		const context = await newContext()
		const get = path => context.request.get(path, { headers: { 'Accept-Encoding': 'gzip' } })
		const home = await get('/records/topic/3')
		equal(home.status(), 200, 'history address')
		check(home.headers()['content-type'].startsWith('text/html'), 'not the page')
		equal(home.headers()['cache-control'], 'no-cache', 'page cached')
		check(!/script-src[^;]*unsafe/.test(home.headers()['content-security-policy']), 'policy allows inline script')
		const script = (await home.text()).match(/src="(\/assets\/[^"]+\.js)"/)[1]
		const asset = await get(script)
		check(asset.headers()['cache-control'].includes('immutable'), 'script not immutable')
		equal(asset.headers()['content-encoding'], 'gzip', 'script compressed')
		const again = await context.request.get(script, { headers: { 'Accept-Encoding': 'gzip', 'If-None-Match': asset.headers()['etag'] } })
		equal(again.status(), 304, 'same script again')
		equal((await get('/assets/gone-12345678.js')).status(), 404, 'unknown script')
		equal((await get('/api/v1/nothing')).status(), 404, 'unknown call')
		await context.close()
	},

	'a session that ends asks for the password, loses nothing and goes on': async () => {
		const page = await session.as('researcher')
		await open(page, '/records/annual_task')
		const target = await session.as('ip_manager')
		await target.close()
		await open(page, '/profile')
		await page.getByLabel('用途').fill('示例程序')
		await page.context().clearCookies()
		await expectErrors(/401/, async () => {
			await page.getByRole('button', { name: '创建令牌' }).click()
			await page.getByRole('dialog', { name: '登录已失效，请重新登录' }).waitFor()
		})
		await axe(page)
		await shot(page, 'session-ended')
		equal(await page.getByLabel('用途').inputValue(), '示例程序', 'typed text')
		await page.getByRole('dialog').getByLabel('密码', { exact: true }).fill(password)
		await page.getByRole('dialog').getByRole('button', { name: '登录', exact: true }).click()
		await page.getByText('请立即复制保存').waitFor()
		await page.close()
		await session.forget('researcher')
	}
}
