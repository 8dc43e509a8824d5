/* Records, their steps and what hangs on them. */
import { address, call, download, get, post, remove, upload } from './client'
import type { Query } from './client'
import type { Label } from '../app/language'

export interface Reference { id: number, title: string }
export interface StoredFile { id: number, name: string, size: number, media_type?: string, field?: string | null, at?: string, user?: Named | null }
export interface Masked { masked: string }
export interface Named { id: number, name: string }
export type Value = string | number | boolean | string[] | Reference | Reference[] | StoredFile | Masked | null

export interface Step { name: string, label: Label, to: string, wants_comment: boolean }

export interface Row {
	type: string
	id: number
	version: number
	state: string
	title: string
	organisation: Named | null
	created_by: Named | null
	created_at: string
	updated_by: Named | null
	updated_at: string
	fields: Record<string, Value>
	steps?: Step[]
	may?: { update?: boolean, delete?: boolean, unmask?: boolean }
}

export interface Page { records: Row[], next: string | null, total: number | null }

export interface ListQuery extends Query {
	filter?: string
	search?: string
	sort?: string
	page?: string
	limit?: number
	total?: boolean
}

export const listRecords = (type: string, query: ListQuery, signal?: AbortSignal) => get<Page>(`/records/${type}`, query, signal)
export const getRecord = (type: string, id: number) => get<Row>(`/records/${type}/${id}`)
export const createRecord = (type: string, fields: Record<string, unknown>) => post<Row>(`/records/${type}`, { fields })

const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })

export const updateRecord = async (type: string, id: number, version: number, fields: Record<string, unknown>) =>
	(await call<Row>('PATCH', `/records/${type}/${id}`, { body: { fields }, headers: ifMatch(version) })).data
export const deleteRecord = (type: string, id: number, version: number) => remove<void>(`/records/${type}/${id}`, ifMatch(version))
export const makeStep = async (type: string, id: number, version: number, step: string, comment: string) =>
	(await call<Row>('POST', `/records/${type}/${id}/steps/${step}`, { body: comment ? { comment } : {}, headers: ifMatch(version) })).data
/** The record with its sensitive values; the server notes who looked. */
export const unmaskRecord = (type: string, id: number) => post<Row>(`/records/${type}/${id}/unmask`)

export interface Change {
	version: number
	at: string
	user: Named | null
	/** create, update, delete, or a step's name. */
	action: string
	/** Null of a change of the state. */
	field: string | null
	old: string | null
	new: string | null
	/** The values as a person reads them. */
	old_text: string | null
	new_text: string | null
	request_id: string | null
}
export interface Comment { id: number, at: string, user: Named | null, step: string | null, text: string }

/** Newest first. */
export const listHistory = async (type: string, id: number, language: string) =>
	(await get<{ changes: Change[] }>(`/records/${type}/${id}/history`, { language })).changes
export const listComments = async (type: string, id: number) =>
	(await get<{ comments: Comment[] }>(`/records/${type}/${id}/comments`)).comments
export const addComment = (type: string, id: number, text: string) => post<{ comments: Comment[] }>(`/records/${type}/${id}/comments`, { text })
export const listFiles = async (type: string, id: number) =>
	(await get<{ files: StoredFile[] }>(`/records/${type}/${id}/files`)).files
/** field: of a file field; else it hangs on the record. */
export const addFile = (type: string, id: number, file: File, field: string | null = null, progress?: (sent: number, total: number) => void) =>
	upload<StoredFile>(`/records/${type}/${id}/files`, file, {}, { field }, progress)
export const removeFile = (type: string, id: number, file: number) => remove<void>(`/records/${type}/${id}/files/${file}`)
export const fileAddress = (type: string, id: number, file: number) => address(`/records/${type}/${id}/files/${file}`)
export const printAddress = (type: string, id: number, language: string) => address(`/records/${type}/${id}/print`, { language })

export const exportSheet = (type: string, query: ListQuery) => download(`/sheets/${type}`, query)
export const sheetTemplate = (type: string) => download(`/sheets/${type}/template`)

/** head: of the column; null when the row as a whole is wrong. */
export interface SheetError extends Label { row: number, column: number | null, head: string | null, field: string | null, key: string }
export interface SheetAnswer { dry_run: boolean, saved: boolean, rows: number, created: number, updated: number, unchanged: number, failed: number, errors: SheetError[] }
export const importSheet = (type: string, file: File, dryRun: boolean) =>
	upload<SheetAnswer>(`/sheets/${type}`, file, {}, { dry_run: dryRun })

/** The same file with what is wrong written beside its rows; nothing is stored. */
export function markSheet(type: string, file: File): Promise<void> {
	const form = new FormData()
	form.append('file', file, file.name)
	return download(`/sheets/${type}`, { dry_run: true, answer: 'file' }, undefined, 'POST', form)
}
