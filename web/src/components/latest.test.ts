import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { Problem } from '../api/problem'
import { pause, useLatest } from './latest'
import type { Takers } from './latest'

const waiting = () => {
	let resolve: (answer: string) => void, reject: (error: unknown) => void
	const promise = new Promise<string>((yes, no) => { resolve = yes; reject = no })
	return { promise, resolve: resolve!, reject: reject! }
}
const takers = () => {
	const taken: string[] = []
	return { taken, takers: { answered: answer => { taken.push(answer) }, failed: problem => { taken.push(`! ${problem.message}`) } } satisfies Takers<string> }
}
const inScope = () => {
	const scope = effectScope()
	return { latest: scope.run(useLatest)!, leave: () => scope.stop() }
}

test('an answer that comes after a newer question is thrown away', async () => {
	const { latest } = inScope()
	const [old, young] = [waiting(), waiting()]
	const first = takers(), second = takers()
	const signals: AbortSignal[] = []
	const asked = [
		latest.ask(signal => { signals.push(signal); return old.promise }, first.takers),
		latest.ask(signal => { signals.push(signal); return young.promise }, second.takers)
	]
	expect(signals.map(signal => signal.aborted)).toEqual([true, false])
	young.resolve('new')
	await flushPromises()
	expect(latest.isAsking.value).toBe(false)
	old.resolve('old')
	expect(await Promise.all(asked)).toEqual([false, true])
	expect(first.taken).toEqual([])
	expect(second.taken).toEqual(['new'])
})

test('the fault of a question that was overtaken is not told, and the newer one is still being asked', async () => {
	const { latest } = inScope()
	const [old, young] = [waiting(), waiting()]
	const { taken, takers: both } = takers()
	void latest.ask(() => old.promise, both)
	void latest.ask(() => young.promise, both)
	old.reject(new Problem(500, {}))
	await flushPromises()
	expect(taken).toEqual([])
	expect(latest.isAsking.value).toBe(true)
	young.reject(new Problem(403, {}))
	await flushPromises()
	expect(taken).toEqual(['! 没有权限'])
	expect(latest.isAsking.value).toBe(false)
})

test('who leaves hears nothing more', async () => {
	const { latest, leave } = inScope()
	const question = waiting()
	const { taken, takers: given } = takers()
	const asked = latest.ask(() => question.promise, given)
	leave()
	question.resolve('late')
	expect(await asked).toBe(false)
	expect(taken).toEqual([])
	expect(latest.isAsking.value).toBe(false)
})

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }) })
afterEach(() => { vi.useRealTimers() })

test('of questions that follow the keys only the last is asked', async () => {
	const { latest } = inScope()
	const question = vi.fn((text: string) => Promise.resolve(text))
	const { taken, takers: given } = takers()
	for (const text of ['a', 'ab', 'abc']) void latest.ask(async signal => {
		await pause(60, signal)
		return question(text)
	}, given)
	expect(latest.isAsking.value).toBe(true)
	await vi.advanceTimersByTimeAsync(60)
	expect(question.mock.calls).toEqual([['abc']])
	expect(taken).toEqual(['abc'])
})
