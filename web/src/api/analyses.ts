/* Figures of a set of documents, and reports made of them. */
import { download, get, post } from './client'
import type { Query } from './client'
import { csvLines } from '../components/csv'

export type Unit = 'application' | 'family' | 'publication'
export type ColumnKind = 'text' | 'count' | 'number' | 'share' | 'year' | 'date'

export interface FigureColumn { name: string, label: string, kind: ColumnKind }
export interface FigureNote { name: string, label: string, value: string | number | null }
/** Values by the columns' names; _drill, ANDed with the figure's query, finds the documents behind it. */
export interface FigureRow {
	[name: string]: string | number | boolean | null | undefined
	_key?: string
	_drill?: string
	_incomplete?: boolean
	_application?: number
}
export interface FigurePart { id: string, title: string, columns: FigureColumn[], rows: FigureRow[] }

export interface Figure {
	figure: string
	title: string
	method: string
	finding?: string
	shape: string
	unit: Unit
	query: string
	as_of: string
	documents: number
	left_out: number
	columns: FigureColumn[]
	notes: FigureNote[]
	rows: FigureRow[]
	parts: FigurePart[]
}

export interface Choice { name: string, label: string }
/** needs: trees of a topic without which it has no rows. */
export interface Analysis extends Choice { shape: string, needs: ('technology' | 'effect')[] }
export interface Analyses { dimensions: Choice[], measures: Choice[], units: Choice[], figures: Analysis[] }

/** What is analysed, and how. */
export interface FigureAsk extends Query {
	query?: string
	topic?: string
	unit?: Unit
	as_of?: string
	top?: number
	language?: string
}

export const listAnalyses = (language: string) => get<Analyses>('/analyses', { language })

/* Empty values are not sent: an empty name is no topic. */
const given = (ask: object) => Object.fromEntries(Object.entries(ask).filter(([, value]) => value !== '' && value !== undefined && value !== null))

/** Counts by one or two dimensions have names of their own: "by:year,type" or "by:province:mean_claims". */
export const countName = (by: string[], measure: string) => `by:${by.join(',')}${measure === 'documents' ? '' : `:${measure}`}`
export const isCount = (name: string) => name.startsWith('by:')
export function readCount(name: string): { by: string[], measure: string } {
	const [, by = '', measure = 'documents'] = name.split(':')
	return { by: by.split(','), measure }
}

/* Years along the axis, other dimensions as ranks or as a grid. */
function shapeOf(by: string[]): string {
	const hasTime = /year|quarter|month/.test(by[0]!)
	if (by.length === 1) return hasTime ? 'columns' : 'bars'
	return hasTime ? 'stacked' : 'heat'
}

async function getCount(name: string, ask: FigureAsk, signal?: AbortSignal): Promise<Figure> {
	const { by, measure } = readCount(name)
	const figure = await post<Figure>('/analyse', given({ ...ask, by: by.join(','), measure, top: ask.top ?? 10 }), signal)
	return { ...figure, figure: name, title: figure.columns.map(column => column.label).join(' × '), shape: shapeOf(by) }
}

export const getFigure = (name: string, ask: FigureAsk, signal?: AbortSignal) =>
	isCount(name) ? getCount(name, ask, signal) : post<Figure>(`/figures/${name}`, given(ask), signal)
export const downloadFigure = (name: string, ask: FigureAsk, format: 'xlsx' | 'docx' | 'html') => download(`/figures/${name}/file`, { ...ask, format })

/** The table of a figure as CSV. */
export const csvOf = (figure: Figure): string =>
	csvLines([figure.columns.map(column => column.label), ...figure.rows.map(row => figure.columns.map(column => row[column.name]))])

export interface ReportAsk { topic?: string, query?: string, title?: string, unit?: Unit, as_of?: string, format: string, language: string }
export const startReport = async (ask: ReportAsk) => (await post<{ job: number }>('/reports', given(ask))).job

export interface QueryCheck {
	read?: { query: string, count: number, warnings: { message: string }[] }
	/** Hits among the documents of the topic. */
	within?: number
	fault?: { key: string, at: number, message: string, hint: string | null }
}
export const checkQuery = (query: string, topic: string | undefined, language: string, signal?: AbortSignal) =>
	post<QueryCheck>('/check', given({ query, topic, language }), signal)
