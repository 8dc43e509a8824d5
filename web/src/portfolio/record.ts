/* A record that may not be there: what the pages of one type begin with. */
import { ref } from 'vue'
import { asProblem } from '../api/problem'
import { getRecord, listRecords } from '../api/records'
import type { Row } from '../api/records'
import { findType, loadTypes } from '../api/types'
import type { Type } from '../api/types'

export interface Found { type: Type, row: Row }

export async function findRecord(name: string, id: number): Promise<Found | null> {
	await loadTypes()
	const type = await findType(name)
	if (!type) return null
	try {
		return { type, row: await getRecord(name, id) }
	} catch (error) {
		if (asProblem(error).status === 404) return null
		throw error
	}
}

/** Rows of a type the reader may not see at all are none. */
export async function rowsOf(name: string, filter: string, sort = '', limit = 100): Promise<{ type: Type, rows: Row[] } | null> {
	const type = await findType(name)
	return type ? { type, rows: (await listRecords(name, { filter, sort, limit })).records } : null
}

/** Which tab stands beside a record, and how often it was changed here. */
export function useAside() {
	const tab = ref(''), revision = ref(0)
	return { tab, revision, made(comment: string) {
		if (comment) tab.value = 'comments'
		revision.value++
	} }
}
