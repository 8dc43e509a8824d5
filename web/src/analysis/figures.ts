/* How figures are drawn here: the colours of the application, groups of analyses, addresses of documents. */
import { computed } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import { makeShapes, paper } from '../../report/shapes.js'
import type { Look } from '../../report/shapes.js'
import type { Analysis, Figure, FigureRow } from '../api/analyses'
import type { Label } from '../app/language'
import { label, language } from '../app/language'
import { theme } from '../app/theme'

const dark: Look = {
	palette: ['#6ea3f5', '#f0a63c', '#57c79a', '#ee86b0', '#a5ccf0', '#f08457', '#b4a4ea', '#b9b4a6', '#d6bf4a', '#8fb5b5', '#4f7fbd', '#b98aa6'],
	ink: '#dde3ea', soft: '#a3adbb', rule: '#2d333f', pale: '#454d5b', ground: '#1a1e25',
	heat: ['#202835', '#22406b', '#2a5ca6', '#3f7fdb', '#7fb0f5', '#c0dbff'],
	hot: '#ff9a5c', blank: '#5fd0a0', greyed: '#4a525f', tail: '#8d97a5', thin: '#6b8db5', behind: '#31507a',
	link: '#76828f', onHeat: '#10151d', onMark: '#10151d'
}

const font = () => getComputedStyle(document.body).fontFamily

/** On the screen, and for pictures that are saved: those are for white paper. */
export const shapes = computed(() => makeShapes(theme.value === 'dark' ? dark : paper, font(), language.value))
export const paperShapes = computed(() => makeShapes(paper, font(), language.value))

interface Group { name: string, label: Label, figures: string[] }

/* In the order of docs/analyses.md. */
export const groups: Group[] = [
	{ name: 'trend', label: label('总体态势与生命周期', 'Trend and life cycle'),
		figures: ['trend_filed', 'trend_published', 'trend_granted', 'type', 'type_year', 'technology_indices', 'life_cycle', 's_curve'] },
	{ name: 'places', label: label('地域', 'Places'), figures: ['offices', 'origin_office', 'provinces', 'cities'] },
	{ name: 'applicants', label: label('申请人与发明人', 'Applicants and inventors'),
		figures: ['applicants', 'applicant_types', 'applicant_year', 'entrants_leavers', 'applicant_network', 'inventors', 'inventor_network', 'competitors', 'agencies'] },
	{ name: 'technology', label: label('技术构成', 'Technology'),
		figures: ['ipc_sections', 'ipc_classes', 'ipc_subclasses', 'ipc_groups', 'wipo_fields', 'co_classification', 'keywords'] },
	{ name: 'branches', label: label('技术分支与功效', 'Branches and effects'), figures: ['branches', 'branch_year', 'hot_branches', 'applicant_branch', 'matrix'] },
	{ name: 'value', label: label('价值与引证', 'Value and citations'), figures: ['key_patents', 'citations', 'main_path'] },
	{ name: 'life', label: label('权利状态与运营', 'Life of the rights'), figures: ['status', 'status_group', 'survival', 'expiry', 'operations'] }
]
const others: Label = label('其他', 'Others')

export function grouped(figures: Analysis[]): { name: string, label: Label, figures: Analysis[] }[] {
	const known = new Set(groups.flatMap(group => group.figures))
	return [...groups.map(group => ({ ...group, figures: group.figures.flatMap(name => figures.find(one => one.name === name) ?? []) })),
		{ name: 'others', label: others, figures: figures.filter(one => !known.has(one.name)) }].filter(group => group.figures.length > 0)
}

/** The topic's name as a word of the search language. */
export const topicWord = (name: string) => `#"${name.replace(/"/g, '')}"`

/** One query of conditions that all hold; those that are empty or hold always are left out. */
export function joinQueries(...queries: (string | undefined | null)[]): string {
	const parts = queries.map(query => query?.trim() ?? '').filter(query => query && query !== 'ALL')
	return parts.length === 1 ? parts[0]! : parts.map(query => query.startsWith('#') ? query : `(${query})`).join(' AND ')
}

export const documentsOf = (query: string, topic?: string): RouteLocationRaw => ({ name: 'navigator', query: { q: query || (topic ? undefined : 'ALL'), topic } })

/** The documents behind a row, within the topic of the figure; null when there are none to open. */
export function queryOf(figure: Figure, row: FigureRow): string | null {
	return row._drill ? joinQueries(figure.query, row._drill) : null
}
