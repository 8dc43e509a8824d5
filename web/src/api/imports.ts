/* Files of patents: looked at by a dry run, then taken in. */
import { download, get, post, upload } from './client'
import type { Job } from './jobs'
import type { Label } from '../app/language'

export interface Source { name: string, label: Label }
export interface SourceField extends Source { can_map: boolean }
export interface Sources { sources: Source[], fields: SourceField[] }

export interface Column { header: string, is_known: boolean, field: string | null, examples: string[] }
export interface Fact { field: string, value: string, is_cut: boolean }
export interface Preview {
	file: string
	/** Null: of no source that is known, see reason. */
	source: string | null
	label?: Label
	reason?: string
	/** Headers that are known, in percent. */
	score: number
	columns: Column[]
	rows: { place: number, facts: Fact[] }[]
}

/** What a job is told beside the file. */
export interface Choice { topic?: string, format?: string, map?: string }

export const listSources = () => get<Sources>('/sources')
export const listImports = (query: { limit?: number, before?: number, language?: string } = {}) => get<{ jobs: Job[] }>('/imports', query)
export const dryRun = (file: File, progress: (sent: number, total: number) => void, signal: AbortSignal) =>
	upload<{ job: number }>('/imports', file, { dry_run: 'yes' }, {}, progress, signal)
export const takeIn = (file: File, choice: Choice, progress: (sent: number, total: number) => void, signal: AbortSignal) =>
	upload<{ job: number }>('/imports', file, { ...choice }, {}, progress, signal)
export const previewImport = (job: number, choice: Choice, language: string) =>
	get<Preview>(`/imports/${job}/preview`, { format: choice.format, map: choice.map, language })
/** The file of a dry run again: checked with other columns, or taken in. */
export const startImport = (job: number, choice: Choice, isDryRun: boolean) =>
	post<{ job: number }>(`/imports/${job}/start`, { ...choice, dry_run: isDryRun ? 'yes' : 'no' })
export const refusedFile = (job: number, language: string) => download(`/jobs/${job}/refused/file`, { language })
