/* The collection: hits, facets, single documents, queries being typed. */
import { download, get, post, put } from './client'
import type { Label } from '../app/language'

/** Byte ranges of a text. */
export type Marks = [number, number][]
export type StatusGroup = 'unknown' | 'pending' | 'active' | 'dead'

export interface DocumentLine {
	id: number
	number: string | null
	application: string | null
	title: string | null
	applicants: string[]
	inventors: string[]
	agency: string | null
	filed: string | null
	published: string | null
	granted: string | null
	type: string | null
	type_label: string | null
	status: string | null
	status_label: string | null
	status_group: StatusGroup
	ipc: string | null
	cited: number | null
}
export interface Snippet { text: string, is_cut: boolean, has_more: boolean, marks: Marks }
export interface Hit extends DocumentLine { title_marks: Marks, snippet?: Snippet, tags?: string[], score?: number }
export interface Warning { key: string, at: number, message: string }
export interface SearchAnswer { query: string, count: number, unit: Unit, hits: Hit[], warnings: Warning[] }
export type Sort = 'relevance' | 'filed' | 'published' | 'cited'
export type Unit = 'application' | 'family'
/** newer: only applications that came in behind this one. */
export interface Wanted { query: string, topic?: string, newer?: number, sort?: Sort, unit?: Unit }

export interface ReadNode { depth: number, text: string, count: number, at: number }
export interface Fault { key: string, at: number, message: string, hint: string | null }
/** read or fault; within: of the hits, those in the topic. */
export interface Check { read?: { query: string, count: number, nodes: ReadNode[], warnings: Warning[] }, within?: number, fault?: Fault }

export interface QueryField {
	code: string
	kind: 'words' | 'value' | 'class' | 'date' | 'count' | 'number' | 'flag'
	label: Label
	has_values: boolean
	names: string[]
	choices: { value: string, label: Label }[]
}
/** operand: the value as it is written in a query. */
export interface FieldValue { value: string, operand: string, name: string, count: number }

export interface FacetValue { key: string, name: string, note: string | null, count: number, drill: string }
export interface Facet { dimension: string, label: Label, is_ordered: boolean, value_count: number, values: FacetValue[] }

export interface MarkedText { lang: string | null, text: string, marks: Marks }
export interface Claim extends MarkedText { number: string | null, parents: string | null }
export interface Paragraph extends MarkedText { section: string | null }
export interface Person { name: string, address: string | null, country: string | null }
export interface Linked { number: string, is_here: boolean, title: string | null, applicant: string | null, filed: string | null, category?: string | null, by?: string | null }
export interface LegalEvent {
	date: string | null
	code: string | null
	text: string | null
	detail: string | null
	from: string | null
	to: string | null
	kind: string
	label: string
	group: 'other' | 'life' | 'rights' | 'dispute'
}
export interface Opinion {
	field: string
	label: string
	lang: string | null
	publication: string | null
	values: string[]
	count: number
	source: string | null
	file: string | null
	imported_on: string | null
	is_shown: boolean
}
export interface PatentDocument {
	document: Partial<DocumentLine>
	tags: string[]
	titles: MarkedText[]
	abstracts: MarkedText[]
	claims: Claim[]
	description: Paragraph[]
	classes: { scheme: 'IPC' | 'CPC' | 'LOC', symbol: string, name: string | null, is_main: boolean }[]
	applicants: Person[]
	owners: Person[]
	inventors: Person[]
	agencies: Person[]
	agents: Person[]
	priorities: { number: string | null, date: string | null, office: string | null }[]
	keywords: string[]
	literature: string[]
	events: LegalEvent[]
	publications: { number: string | null, kind: string | null, date: string | null, title: string | null }[]
	family: Linked[]
	cites: Linked[]
	cited_by: Linked[]
	topics: { id: number, name: string }[]
	facts: Opinion[]
}

export const searchHits = (wanted: Wanted, offset: number, limit: number, language: string, signal?: AbortSignal) =>
	post<SearchAnswer>('/search', { ...wanted, offset, limit, language, snippets: 'yes' }, signal)
export const checkQuery = (query: string, topic: string | undefined, language: string, signal?: AbortSignal) =>
	post<Check>('/check', { query, topic, language }, signal)
export const countFacets = (wanted: Wanted, by: string, top: number, language: string, signal?: AbortSignal) =>
	post<{ count: number, facets: Facet[] }>('/facets', { query: wanted.query, topic: wanted.topic, newer: wanted.newer, by, top, language }, signal)
export const listValues = async (field: string, prefix: string, language: string, signal?: AbortSignal) =>
	(await get<{ values: FieldValue[] }>('/values', { field, prefix, limit: 12, language }, signal)).values
export const getDocument = (number: string, query: string, language: string, signal?: AbortSignal) =>
	get<PatentDocument>(`/documents/${encodeURIComponent(number)}`, { query, language }, signal)
export interface Similar { count: number, terms: { term: string, weight: number }[], hits: (DocumentLine & { score: number, shared: string | null })[] }
export const findSimilar = (wanted: { number?: string, text?: string, query?: string, topic?: string, limit?: number, language: string }, signal?: AbortSignal) =>
	post<Similar>('/similar', wanted, signal)
/** All hits up to the server's limit, or those chosen by number. */
export const downloadHits = (wanted: Wanted & { numbers?: string[] }, format: 'xlsx' | 'csv', language: string) =>
	download('/hits/file', {}, undefined, 'POST', { ...wanted, format, language })
export const exportMax = 10_000

let fields: Promise<QueryField[]> | null = null
/** Asked for once. */
export function listFields(): Promise<QueryField[]> {
	fields ??= get<{ fields: QueryField[] }>('/fields').then(answer => answer.fields).catch(error => {
		fields = null
		throw error
	})
	return fields
}

/* ---- Saved queries and topics. */

export interface SavedQuery { name: string, query: string }
export const listSavedQueries = async () => (await get<{ queries: SavedQuery[] }>('/queries')).queries
export const saveQuery = (name: string, query: string) => put<SavedQuery>(`/queries/${encodeURIComponent(name)}`, { query })

export interface TopicLine { id: number, name: string, purpose: string, field: string, query: string, documents: number, updated_on: string | null }
export const listTopics = async () => (await get<{ topics: TopicLine[] }>('/topics')).topics
export const createTopic = (name: string) => post<TopicLine>('/topics', { name })
export const changeTopicDocuments = (topic: number, change: { add?: string[], remove?: string[] }) => post<TopicLine>(`/topics/${topic}/documents`, change)

/* ---- Watches: what is new since the person looked. */

/** newest: of applications; those behind it are new. */
export interface WatchLook { watch: number, newest: number, looked_at: string | null }
export const listLooks = () => get<{ newest: number, looks: WatchLook[] }>('/watch-looks')
export const putLook = (watch: number, newest: number) => put<void>(`/watch-looks/${watch}`, { newest })
export const countHits = async (query: string, topic: string | undefined, newer: number, signal?: AbortSignal) =>
	(await post<SearchAnswer>('/search', { query, topic, newer, limit: 0 }, signal)).count

/* ---- Tags of the organisation; #tag in a query. */

export interface Tag { name: string, count: number }
export const listTags = async () => (await get<{ tags: Tag[] }>('/tags')).tags
export const putTag = async (tag: string, change: { add?: string[], remove?: string[] }) => (await post<{ tags: Tag[] }>('/tags', { tag, ...change })).tags
