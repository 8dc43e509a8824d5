/* The docket: what is due on which day, the course of a case, fees to come, what agencies delivered; and the
   map of a portfolio. */
import { download, get, post, remove } from './client'
import type { Label } from '../app/language'
import { language } from '../app/language'
import type { Named } from './records'

export type Level = 'red' | 'amber' | 'normal'
export type EventKind = 'deadline' | 'fee' | 'gate' | 'task'
export interface CaseName { id: number, docket: string, title: string }
export interface CalendarEvent {
	kind: EventKind
	type: string
	id: number
	title: string
	case: CaseName | null
	on: string
	safe_on: string | null
	level: Level
	state: string
	/** Without a name: the reader may not see who it is. */
	owner: { id: number, name: string | null } | null
}
export const getCalendar = (from: string, until: string, signal?: AbortSignal) =>
	get<{ events: CalendarEvent[], more: boolean }>('/calendar', { from, until }, signal)
export const downloadCalendar = (from: string, until: string, language: string) => download('/calendar/file', { from, until, language })

export interface Feed { exists: boolean, created_at: string | null, used_at: string | null, ends_at: string | null }
export const getFeed = () => get<Feed>('/calendar/feed')
/** The token is told this once. */
export const makeFeed = () => post<{ id: number, token: string, days: number }>('/calendar/feed')
export const withdrawFeed = () => remove<void>('/calendar/feed')
export const feedAddress = (token: string) => `${location.origin}/api/v1/calendar/feed/${token}.ics`

/* ---- Cases. */

export interface TimelineEvent { on: string, kind: string, title: Label, type: string, id: number, detail: string | null }
export interface TimelineState { state: string, label: Label, from: string, until: string | null }
export interface OpenDeadline { id: number, title: string, due_on: string, safe_on: string | null, level: Level, state: string, owner: { id: number, name: string | null } | null }
export interface Timeline { case: CaseName & { state: string }, events: TimelineEvent[], states: TimelineState[], open_deadlines: OpenDeadline[] }
export const getTimeline = (id: number, signal?: AbortSignal) => get<Timeline>(`/cases/${id}/timeline`, {}, signal)

export type Decision = 'approved' | 'planned' | 'keep' | 'decide' | 'ungraded'
export interface PlannedFee {
	case: CaseName
	/** Patent year of an annuity; null: fee of an act. */
	year: number | null
	kind: 'annuity' | 'act'
	title: string
	due_on: string | null
	amount_fen: number
	late_fen: number
	fee_id: number | null
	grade: string | null
	decision: Decision
}
export interface FeePlan { years: { year: number, items: { kind: string, amount_fen: number, count: number }[], total_fen: number }[], total_fen: number, records: PlannedFee[], more: boolean }
export const saveFeePlan = () => download('/cases/fee-plan/file', { language: language.value })
export const getFeePlan = (asked: { case?: number, centre?: number, years?: number }, signal?: AbortSignal) => get<FeePlan>('/cases/fee-plan', asked, signal)

/* ---- Agencies. */

export interface Source { type: string, filter: string }
export interface Score {
	organisation: Named
	drafts: number
	judged: number
	returned: number
	first_drafts: number
	checks: number
	errors: number
	warnings: number
	notes: number
	office_actions: number
	office_action_cases: number
	granted: number
	decided: number
	lapsed: number
	findings_per_draft: number | null
	errors_per_draft: number | null
	warnings_per_draft: number | null
	returned_share: number | null
	office_actions_per_case: number | null
	grant_rate: number | null
	median_days_to_draft: number | null
	records: Record<'drafts' | 'judged' | 'returned' | 'first_drafts' | 'checks' | 'office_actions' | 'granted' | 'refused' | 'lapsed', Source>
}
export interface Scorecard { from: string, until: string, agencies: Score[] }
export const saveScorecard = (from: string, until: string) => download('/agencies/scorecard/file', { from, until, language: language.value })
export const getScorecard = (from: string, until: string, signal?: AbortSignal) => get<Scorecard>('/agencies/scorecard', { from, until }, signal)

/* ---- The map of a portfolio. */

export interface MapCase { id: number, docket: string, title: string, type: string, state: string | null, label: Label, live: boolean, filed_on: string | null, grade: string | null }
export interface MapCell {
	subject: number
	country: string
	planned: boolean
	market: boolean
	covered: boolean
	missing: boolean
	types: { type: string, planned: boolean, count: number }[]
	cases: MapCase[]
}
export interface Country extends Label { code: string }
export interface PortfolioMap {
	id: number
	title: string
	as_of: string
	/** 0: cases of no plan. */
	subjects: { id: number, title: string, types: string[], first_filed_on: string | null, due_on: string | null }[]
	countries: Country[]
	cells: MapCell[]
	warnings: Label[]
	metrics: (Label & { name: string, number: number | null })[]
	products: { id: number, title: string }[]
}
export const getPortfolioMap = (id: number, signal?: AbortSignal) => get<PortfolioMap>(`/portfolios/${id}/map`, {}, signal)
