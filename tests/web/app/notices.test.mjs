/* The bell and the page of all notices. */
import { axe, check, equal, open, session, settleDown, shot, shots, address } from './harness.mjs'

export const tests = {
	'the bell opens by the keyboard, closes by Escape and leads to all notices': async () => {
		const page = await session.as('ip_manager')
		await open(page, '/')
		const bell = page.getByRole('button', { name: /^通知，\d+ 项/ })
		await bell.focus()
		await page.keyboard.press('Enter')
		const panel = page.getByRole('group', { name: '通知' })
		await panel.waitFor()
		await axe(page, 'bell')
		await shot(page, 'notices-bell')
		await page.keyboard.press('Escape')
		await panel.waitFor({ state: 'hidden' })
		equal(await page.evaluate(() => document.activeElement.getAttribute('aria-expanded')), 'false', 'focus is back at the bell')
		await bell.click()
		await panel.getByRole('link', { name: '全部通知' }).click()
		await page.waitForURL(`${address}/notifications`)
		await settleDown(page)
		check(await page.getByRole('heading', { name: /待办/ }).first().isVisible(), 'no tasks among the notices')
		await shots(page, 'notices')
		await page.close()
	}
}
