/* The map of subjects by countries: what a cell says, in one word and one colour. */
import type { MapCell, PortfolioMap } from '../api/docket'
import type { Label } from '../app/language'
import { label } from '../app/language'

export type CellState = 'missing' | 'held' | 'pending' | 'lost' | 'regional' | 'open' | 'empty'
export const cellLabels: Record<CellState, Label> = {
	missing: label('缺失', 'Missing'), held: label('有效', 'In force'), pending: label('在审', 'Pending'), lost: label('已失效', 'Lost'),
	regional: label('区域局覆盖', 'Regional'), open: label('待申请', 'To be filed'), empty: label('未布局', 'Not planned')
}

const inForce = new Set(['in_force', 'grace', 'invalidation', 'invalid_suit'])

/** Missing comes first: it is what somebody has to act on. */
export function stateOf(cell: MapCell | undefined): CellState {
	if (!cell) return 'empty'
	if (cell.missing) return 'missing'
	if (cell.cases.some(one => one.live && inForce.has(one.state ?? ''))) return 'held'
	if (cell.cases.some(one => one.live)) return 'pending'
	if (cell.covered) return 'regional'
	if (cell.cases.length) return 'lost'
	return cell.planned ? 'open' : 'empty'
}

export function cellOf(map: PortfolioMap, subject: number, country: string): MapCell | undefined {
	return map.cells.find(cell => cell.subject === subject && cell.country === country)
}

/** Full years and tenths left of a right; null: unknown, 0: over. */
export function yearsLeft(type: string, filed: string | null, adjustment: number, today: string): number | null {
	const terms: Record<string, number> = { invention: 20, utility: 10, design: 15 }
	const years = terms[type]
	if (!years || !filed) return null
	/* Until 31 May 2021 designs were filed for ten years. */
	const term = type === 'design' && filed < '2021-06-01' ? 10 : years
	const end = Date.UTC(Number(filed.slice(0, 4)) + term, Number(filed.slice(5, 7)) - 1, Number(filed.slice(8, 10)) + adjustment)
	return Math.max(0, Math.round((end - Date.parse(`${today}T00:00:00Z`)) / 86_400_000 / 365.25 * 10) / 10)
}
