/* Something the server is asked for: its data, that it is being loaded, what went wrong. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { asProblem, isAborted } from '../api/problem'
import type { Problem } from '../api/problem'

export interface Load<T> {
	data: ShallowRef<T | null>
	problem: ShallowRef<Problem | null>
	isLoading: Ref<boolean>
	/** Asks (again); an answer that comes after a newer question is thrown away. */
	reload(): Promise<void>
}

export function useLoad<T>(ask: (signal: AbortSignal) => Promise<T>, options: { isLazy?: boolean } = {}): Load<T> {
	const data = shallowRef<T | null>(null)
	const problem = shallowRef<Problem | null>(null)
	const isLoading = ref(false)
	let running: AbortController | null = null

	async function reload() {
		running?.abort()
		const mine = running = new AbortController()
		isLoading.value = true
		try {
			const answer = await ask(mine.signal)
			if (running !== mine) return
			data.value = answer
			problem.value = null
		} catch (error) {
			if (running === mine && !isAborted(error)) problem.value = asProblem(error)
		} finally {
			if (running === mine) isLoading.value = false
		}
	}
	onScopeDispose(() => { running?.abort(); running = null })
	if (!options.isLazy) void reload()
	return { data, problem, isLoading, reload }
}
