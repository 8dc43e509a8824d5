/* Only the newest question counts: asking again cancels the one before, and its answer, should one still come, is thrown away. */
import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import { asProblem, isAborted } from '../api/problem'
import type { Problem } from '../api/problem'

export interface Takers<T> {
	answered(answer: T): void
	failed(problem: Problem): void
}

export interface Latest {
	isAsking: Ref<boolean>
	/** True: its answer was taken. Neither taker is called for a question that was overtaken or cancelled. */
	ask<T>(question: (signal: AbortSignal) => Promise<T>, takers: Takers<T>): Promise<boolean>
	cancel(): void
}

/** A moment before a question that follows the keys; over at once when a newer one is asked. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(resolve, ms)
		signal.addEventListener('abort', () => {
			clearTimeout(timer)
			reject(new DOMException('overtaken', 'AbortError'))
		})
	})
}

export function useLatest(): Latest {
	const isAsking = ref(false)
	let running: AbortController | null = null

	function cancel() {
		running?.abort()
		running = null
		isAsking.value = false
	}

	async function ask<T>(question: (signal: AbortSignal) => Promise<T>, takers: Takers<T>) {
		running?.abort()
		const mine = running = new AbortController()
		isAsking.value = true
		try {
			const answer = await question(mine.signal)
			const isNewest = running === mine
			if (isNewest) takers.answered(answer)
			return isNewest
		} catch (error) {
			if (running === mine && !isAborted(error)) takers.failed(asProblem(error))
			return false
		} finally {
			if (running === mine) isAsking.value = false
		}
	}
	onScopeDispose(cancel)
	return { isAsking, ask, cancel }
}
