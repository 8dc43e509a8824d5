/*
 * Documents of each node while the tree is edited: a node holds the hits of its query and all that is
 * below it, so its count is that of one query within the topic. What was asked once is remembered.
 */
import { reactive, watch } from 'vue'
import type { Ref } from 'vue'
import { checkQuery } from '../api/analyses'
import { language } from '../app/language'
import { pause, useLatest } from '../components/latest'
import type { Draft } from './tree'
import { endOf } from './tree'

interface Known { count: number | null, fault: string }

const pauseMs = 350

export function useCounts(nodes: Ref<Draft[]>, topic: () => string) {
	const known = reactive(new Map<string, Known>())
	const { isAsking: isCounting, ask: askLatest } = useLatest()

	const sound = (node: Draft) => node.query.trim() && !known.get(node.query.trim())?.fault
	/** The query of all a node holds; empty: nothing. */
	function whole(at: number): string {
		const queries = nodes.value.slice(at, endOf(nodes.value, at)).filter(sound).map(node => node.query.trim())
		return queries.length === 1 ? queries[0]! : queries.map(query => `(${query})`).join(' OR ')
	}

	/** Counts of the server, as the tree is stored. */
	function learn(stored: Draft[]) {
		stored.forEach((node, at) => {
			const query = whole(at)
			if (query && node.documents !== null) known.set(query, { count: node.documents, fault: '' })
		})
	}

	async function ask(query: string, signal: AbortSignal) {
		if (!query || known.has(query)) return
		const answer = await checkQuery(query, topic(), language.value, signal)
		known.set(query, { count: answer.within ?? answer.read?.count ?? null, fault: answer.fault ? answer.fault.message + (answer.fault.hint ? ` ${answer.fault.hint}` : '') : '' })
	}

	async function askAll(signal: AbortSignal) {
		await pause(pauseMs, signal)
		for (const node of nodes.value) await ask(node.query.trim(), signal)
		for (let at = 0; at < nodes.value.length; at++) await ask(whole(at), signal)
	}

	watch(nodes, () => void askLatest(askAll, {
		answered: () => undefined,
		failed: problem => console.info('count of a node:', problem)
	}))
	return {
		isCounting, learn,
		/** Null: not known yet. */
		countOf: (at: number): number | null => {
			const query = whole(at)
			return query ? known.get(query)?.count ?? null : 0
		},
		faultOf: (node: Draft) => node.query.trim() ? known.get(node.query.trim())?.fault ?? '' : ''
	}
}
