/* A list that comes page by page: asked for anew from its beginning, or continued where it ends. */
import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { Load } from './load'
import type { Problem } from '../api/problem'
import { useLatest } from './latest'
import { notifyFailure } from './notify'

/** What comes with one question; next: where the following begins, null at the end. */
export interface Page<T> { rows: T[], next: number | null }

export interface Pages<T> extends Load<T[]> {
	next: ShallowRef<number | null>
	/** The page that follows; nothing while another is on its way. */
	more(): Promise<void>
}

export function usePages<T>(ask: (after: number | undefined, signal: AbortSignal) => Promise<Page<T>>): Pages<T> {
	const data = shallowRef<T[] | null>(null)
	const problem = shallowRef<Problem | null>(null)
	const next = shallowRef<number | null>(null)
	const latest = useLatest()

	function take(rows: T[], after: number | null) {
		data.value = rows
		next.value = after
		problem.value = null
	}
	const reload = () => latest.ask(signal => ask(undefined, signal), {
		answered: page => take(page.rows, page.next),
		failed(what) { problem.value = what }
	})
	async function more() {
		const after = next.value
		if (after === null || latest.isAsking.value) return
		await latest.ask(signal => ask(after, signal), {
			answered: page => take([...data.value ?? [], ...page.rows], page.next),
			failed: notifyFailure
		})
	}
	void reload()
	return { data, problem, isLoading: latest.isAsking, next, reload, more }
}
