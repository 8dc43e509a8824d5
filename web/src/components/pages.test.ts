import { flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { usePages } from './pages'
import type { Page } from './pages'

const inScope = <T>(make: () => T) => effectScope().run(make)!

test('pages follow one another; a second press asks for nothing', async () => {
	const ask = vi.fn((after: number | undefined) => Promise.resolve<Page<string>>(after ? { rows: ['c'], next: null } : { rows: ['a', 'b'], next: 2 }))
	const list = inScope(() => usePages(ask))
	await flushPromises()
	expect(list.data.value).toEqual(['a', 'b'])
	await Promise.all([list.more(), list.more()])
	expect(list.data.value).toEqual(['a', 'b', 'c'])
	await list.more()
	expect(ask).toHaveBeenCalledTimes(2)
})

test('a page of the list before does not come into the new one', async () => {
	let finish = (_: Page<string>) => undefined as void
	let word = 'old'
	const ask = (after: number | undefined) => after ? new Promise<Page<string>>(resolve => { finish = resolve }) : Promise.resolve({ rows: [word], next: 1 })
	const list = inScope(() => usePages(ask))
	await flushPromises()
	const more = list.more()
	word = 'new'
	await list.reload()
	finish({ rows: ['old, too'], next: null })
	await more
	expect(list.data.value).toEqual(['new'])
	expect(list.next.value).toBe(1)
})
