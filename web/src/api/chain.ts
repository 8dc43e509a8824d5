/* What is computed across records: targets as of a day with the records behind them, the workbench, the
   policy's clauses, the course of a spot. */
import { download, get } from './client'
import type { Label } from '../app/language'
import { language } from '../app/language'
import type { Named } from './records'

export type Status = 'met' | 'missed' | 'not_computable'
export type Unit = 'ratio' | 'count' | 'multiple' | 'difference'
export type Part = 'numerator' | 'denominator' | 'excluded'

export interface Method extends Label { id: string }
export interface TrendPoint { as_of: string, value: number | null, numerator: number, denominator: number }
export interface Indicator {
	id: string
	name: Label
	clause: string
	method: string
	methods: Method[]
	edition: string
	formula: Label
	basis: Label
	/** S stated by the policy, V verified, K a reference value. */
	mark: string
	unit: Unit
	value: number | null
	target: number | null
	target_source: 'task_book' | 'policy'
	status: Status
	numerator: number
	denominator: number
	counted_count: number
	base_count: number
	excluded_count: number
	beside: (Label & { name: string, number: number })[]
	trend: TrendPoint[]
	notes: Label[]
}
export interface Window { from: string | null, until: string | null, task_book: { id: number, number: string, title: string } | null }
export interface Figures { as_of: string, centre: Named, window: Window, indicators: Indicator[] }
export interface CentreLine extends Named { indicators: Pick<Indicator, 'id' | 'value' | 'status' | 'target'>[] }
export interface Centres { as_of: string, centres: CentreLine[] }

/** centre: of an organisation below one's own; as_of: a day, today when empty; method: "T1=mean_yoy,T3=strict". */
export interface Question { centre?: string, as_of?: string, method?: string, trend?: 'true' | 'quarters' }
const asked = (question: Question) => ({ ...question })

export const getIndicators = (question: Question, signal?: AbortSignal) => get<Figures>('/indicators', asked(question), signal)
/** Of those above: every centre below them. */
export const getCentres = (question: Pick<Question, 'as_of' | 'method'>, signal?: AbortSignal) => get<Centres>('/indicators', asked(question), signal)

export interface PartRecord {
	type: string
	id: number
	number: string | null
	title: string
	day: string | null
	state: string
	reason: (Label & { name: string }) | null
}
export interface PartPage { records: PartRecord[], next: string | null, total: number }
export interface PageAsk { page?: string, limit?: number }

export const listPart = (indicator: string, part: Part, question: Question, page: PageAsk, signal?: AbortSignal) =>
	get<PartPage>(`/indicators/${indicator}/records`, { ...asked(question), part, ...page }, signal)
export const savePart = (indicator: string, part: Part, question: Question) =>
	download(`/indicators/${indicator}/records/file`, { ...asked(question), part, language: language.value })
export const listStage = (stage: string, question: Question, page: PageAsk, signal?: AbortSignal) =>
	get<PartPage>(`/workbench/${stage}/records`, { centre: question.centre, as_of: question.as_of, ...page }, signal)

export interface Stage {
	stage: string
	name: Label
	type: string
	/** Of the list of records; null for another day than today. */
	filter: string | null
	count: number
	entered_in_window: number
	left: number
	median_days: number | null
	p90_days: number | null
}
export interface Deadline {
	id: number
	case: { id: number, title: string | null }
	title: string
	due_on: string
	safe_on: string | null
	days_left: number
	level: 'red' | 'amber' | 'normal'
	state: string
	owner: { id: number, name: string | null }
}
export interface Workbench {
	as_of: string
	centre: Named
	window_from: string
	funnel: Stage[]
	deadlines: Deadline[]
	deadlines_open: number
	tasks: { count: number, reminders: number, more: boolean }
	cards: Indicator[]
}

export const getWorkbench = (question: Question, signal?: AbortSignal) => get<Workbench>('/workbench', asked(question), signal)

export interface ClauseServer extends Label { kind: 'record_type' | 'indicator' | 'rules' | 'analysis' | 'report' | 'view', id: string }
export interface Clause extends Label { id: string, part: Label, served_by: ClauseServer[] }
export interface Clauses { clauses: Clause[], empty: string[] }

export const listClauses = () => get<Clauses>('/clauses')

export interface CourseRow { id: number, title: string, state: string }
export interface Course extends CourseRow {
	source: string | null
	query: string | null
	counted_on: string | null
	count: number | null
	/** Null: the spot has no query. */
	now: number | null
	as_of: string
	recounted_on: string | null
	count_after: number | null
	projects: CourseRow[]
	disclosures: CourseRow[]
	cases: (CourseRow & { docket: string, filed_on: string | null, in_cell: boolean, by: 'project' | 'cell' })[]
}

export const getCourse = (bottleneck: number) => get<Course>(`/bottlenecks/${bottleneck}/course`)
