/* Something the server is asked for: its data, that it is being loaded, what went wrong. */
import { shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Problem } from '../api/problem'
import { useLatest } from './latest'

export interface Load<T> {
	data: ShallowRef<T | null>
	problem: ShallowRef<Problem | null>
	isLoading: Ref<boolean>
	/** Asks (again); an answer that comes after a newer question is thrown away. True: it was taken. */
	reload(): Promise<boolean>
}

export function useLoad<T>(ask: (signal: AbortSignal) => Promise<T>, options: { isLazy?: boolean } = {}): Load<T> {
	const data = shallowRef<T | null>(null)
	const problem = shallowRef<Problem | null>(null)
	const latest = useLatest()

	const reload = () => latest.ask(ask, {
		answered(answer) {
			data.value = answer
			problem.value = null
		},
		failed(what) { problem.value = what }
	})
	if (!options.isLazy) void reload()
	return { data, problem, isLoading: latest.isAsking, reload }
}
