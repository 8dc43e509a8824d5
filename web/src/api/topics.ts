/* Topics (专利专题数据库), their log and their trees. */
import { call, download, get, patch, post, put, remove } from './client'

export interface TopicLine {
	id: number
	name: string
	purpose: string
	field: string
	query: string
	documents: number
	created_on: string | null
	updated_on: string | null
	freshness_days: number
}

export interface Topic extends TopicLine {
	imported: number
	by_query: number
	added: number
	removed: number
	technology_nodes: number
	effect_nodes: number
}

export interface TopicLogLine { on: string | null, source: string, added: number, removed: number, updated: number, status_changed: number }

export type TreeKind = 'technology' | 'effect'
export interface TreeNode { path: string, level: number, name: string, definition: string, query: string, documents: number }
export interface Tree { topic: string, kind: TreeKind, documents: number, nodes: TreeNode[] }

export interface TopicTexts { name?: string, purpose?: string, field?: string, query?: string }

export const listTopics = async () => (await get<{ topics: TopicLine[] }>('/topics')).topics
export const getTopic = (id: number) => get<Topic>(`/topics/${id}`)
export const createTopic = (texts: TopicTexts) => post<Topic>('/topics', texts)
export const editTopic = (id: number, texts: TopicTexts) => patch<Topic>(`/topics/${id}`, texts)
export const deleteTopic = (id: number) => remove<void>(`/topics/${id}`)
/** Newest first. */
export const listTopicLog = async (id: number) => (await get<{ lines: TopicLogLine[] }>(`/topics/${id}/log`)).lines
/** Numbers in any spelling; those that are unknown are refused. */
export const changeDocuments = (id: number, change: { add?: string[], remove?: string[] }) => post<Topic>(`/topics/${id}/documents`, change)

export const getTree = (id: number, kind: TreeKind) => get<Tree>(`/topics/${id}/trees/${kind}`)
export const saveTree = (id: number, kind: TreeKind, nodes: Pick<TreeNode, 'level' | 'name' | 'definition' | 'query'>[]) =>
	put<Tree>(`/topics/${id}/trees/${kind}`, { nodes })
export const downloadTree = (id: number, kind: TreeKind, format: string) => download(`/topics/${id}/trees/${kind}/file`, { format })
export async function uploadTree(id: number, kind: TreeKind, file: File): Promise<Tree> {
	const form = new FormData()
	form.append('file', file, file.name)
	return (await call<Tree>('PUT', `/topics/${id}/trees/${kind}/file`, { body: form })).data
}
