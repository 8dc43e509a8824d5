/* The queries of this person, newest first, kept in this browser. */
import { ref } from 'vue'
import { session } from '../api/session'

export interface Past { query: string, topic: string, count: number, at: string }

const longest = 100
const key = () => `yucheng.queries.${session.value?.login ?? ''}`

function read(): Past[] {
	try {
		const kept = JSON.parse(localStorage.getItem(key()) ?? '[]') as unknown
		return Array.isArray(kept) ? kept as Past[] : []
	} catch {
		return []
	}
}

export const history = ref<Past[]>([])

export function loadHistory() {
	history.value = read()
}

function store(list: Past[]) {
	history.value = list
	localStorage.setItem(key(), JSON.stringify(list))
}

export function remember(query: string, topic: string, count: number) {
	if (!query.trim()) return
	store([{ query, topic, count, at: new Date().toISOString() }, ...read().filter(one => one.query !== query || one.topic !== topic)].slice(0, longest))
}

export function forgetHistory() {
	store([])
}
