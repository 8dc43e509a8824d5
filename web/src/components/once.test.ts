import { flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { useOnce } from './once'

test('pressed twice, it is done once; later it is done again', async () => {
	const { isBusy, once } = useOnce()
	let finish = () => undefined as void
	const work = vi.fn((_: string) => new Promise<void>(resolve => { finish = resolve }))
	const press = once(work)
	const pressed = [press('first'), press('second')]
	expect(isBusy.value).toBe(true)
	finish()
	await Promise.all(pressed)
	expect(work.mock.calls).toEqual([['first']])
	expect(isBusy.value).toBe(false)
	void press('third')
	expect(work).toHaveBeenCalledTimes(2)
	finish()
	await flushPromises()
})

test('work that fails does not block the next, and its error is not lost', async () => {
	const { isBusy, once } = useOnce()
	await expect(once(() => Promise.reject(new Error('refused')))()).rejects.toThrow('refused')
	expect(isBusy.value).toBe(false)
})
