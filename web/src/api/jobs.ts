/* Long work of the server. */
import { address, get, post } from './client'

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export interface Job {
	id: number
	kind: string
	state: JobState
	phase: string | null
	done: number
	total: number
	rejected: number
	attempts: number
	cancel_wanted: boolean
	user_id: number
	user: string | null
	/** What was asked for: name of the file, topic, query. */
	arguments: Record<string, string>
	created_at: string
	started_at: string | null
	finished_at: string | null
	error: { key: string, message: string } | null
	results: Record<string, string | number>
	has_file: boolean
}

/** Newest first; the next page is before the last one's id. */
export interface JobPage { jobs: Job[] }
export interface RefusedRow { place: number, key: string, message: string, cells: { header: string, value: string }[] }

export const listJobs = (query: { kind?: string, limit?: number, before?: number, open?: 'yes' | 'no' } = {}) => get<JobPage>('/jobs', query)
export const getJob = (id: number, language?: string, signal?: AbortSignal) => get<Job>(`/jobs/${id}`, { language }, signal)
export const cancelJob = (id: number) => post<Job>(`/jobs/${id}/cancel`)
export const listRefused = (id: number, query: { offset?: number, limit?: number, language?: string } = {}) =>
	get<{ count: number, rows: RefusedRow[] }>(`/jobs/${id}/refused`, query)
export const jobFile = (id: number) => address(`/jobs/${id}/file`)

export const isEnded = (job: Job) => job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'
