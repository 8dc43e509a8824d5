/* All records of a type, page by page: for trees and matrices of what an administrator keeps. */
import { listRecords } from '../api/records'
import type { Row } from '../api/records'

export async function allRecords(type: string, sort = ''): Promise<Row[]> {
	const all: Row[] = []
	for (let page: string | null | undefined; page !== null;) {
		const answer = await listRecords(type, { limit: 200, ...(sort ? { sort } : {}), ...(page ? { page } : {}) })
		all.push(...answer.records)
		page = answer.next
	}
	return all
}
