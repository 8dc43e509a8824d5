/*
 * Scores of an evaluation before filing, as src/rule/evaluation.c computes them: weight × score / 5,
 * vetoes, thresholds, the trade secret. The server's numbers are those that are stored.
 */
import type { Dimension, Item, Items } from '../api/creation'

/** Tenths, half up as the server rounds: 78.85 is not exact in binary. */
export const tenths = (value: number) => (Math.floor(value * 10 + 0.5 + 1e-9) / 10).toFixed(1)

/** A name of the tables where it stands as a heading. */
export const titled = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export type Scores = Record<string, number | null>

export interface Spread { count: number, mean: number, min: number, max: number, isDisputed: boolean }
export interface DimensionTotal { dimension: Dimension, points: number, weight: number, scored: number, count: number }
export interface Total {
	score: number
	dimensions: DimensionTotal[]
	vetoes: Item[]
	/** To be scored, and not yet. */
	missing: Item[]
	/** Null: something is missing. */
	decision: string | null
}

const itemDispute = 2, totalDispute = 15, secretItem = 'K1', secretScore = 4, secretTechnology = 0.6

/** "3.5": 0 to most, tenths; null: nothing or no score. */
export function readScore(text: string, most: number): number | null {
	const plain = text.trim().replace('．', '.')
	if (!/^\d(\.\d)?$/.test(plain)) return null
	const score = Number(plain)
	return score <= most ? score : null
}

export function spreadOf(values: number[], dispute: number): Spread {
	const min = Math.min(...values), max = Math.max(...values)
	return { count: values.length, mean: values.reduce((sum, value) => sum + value, 0) / values.length, min, max, isDisputed: max - min >= dispute }
}

function decide(table: Items, score: number, hasVeto: boolean, secret: number | null, technology: number): string {
	if (hasVeto) return 'drop'
	const reached = table.thresholds.find(one => score >= one.minimum - 1e-9)?.decision ?? 'drop'
	return secret !== null && secret >= secretScore && technology >= secretTechnology && (reached === 'file' || reached === 'improve') ? 'secret' : reached
}

/** Of one sheet, or of the means of several with `hasVeto` found in any. */
export function totalOf(table: Items, scores: Scores, vetoed: (item: Item) => boolean = item => scores[item.field] === 0): Total {
	const by = new Map<Dimension, DimensionTotal>()
	for (const item of table.items) {
		const row = by.get(item.dimension) ?? { dimension: item.dimension, points: 0, weight: 0, scored: 0, count: 0 }
		const score = scores[item.field] ?? null
		row.weight += item.weight
		row.points += item.weight * (score ?? 0) / table.most
		if (!item.is_optional) row.count++
		if (!item.is_optional && score !== null) row.scored++
		by.set(item.dimension, row)
	}
	const dimensions = [...by.values()]
	const score = dimensions.reduce((sum, row) => sum + row.points, 0)
	const vetoes = table.items.filter(item => item.is_veto && vetoed(item))
	const missing = table.items.filter(item => !item.is_optional && (scores[item.field] ?? null) === null)
	const technology = by.get('technology')
	const secret = scores[table.items.find(item => item.id === secretItem)?.field ?? ''] ?? null
	return {
		score, dimensions, vetoes, missing,
		decision: missing.length ? null : decide(table, score, vetoes.length > 0, secret, technology?.weight ? technology.points / technology.weight : 0)
	}
}

export interface Round {
	items: { item: Item, scores: (number | null)[], spread: Spread | null }[]
	totals: number[]
	total: Spread | null
	mean: Total
}

/** Several sheets of one round put together. */
export function roundOf(table: Items, sheets: Scores[]): Round {
	const items = table.items.map(item => {
		const scores = sheets.map(sheet => sheet[item.field] ?? null)
		const given = scores.filter(score => score !== null)
		return { item, scores, spread: given.length ? spreadOf(given, itemDispute) : null }
	})
	const totals = sheets.map(sheet => totalOf(table, sheet).score)
	const means = Object.fromEntries(items.map(row => [row.item.field, row.spread?.mean ?? null]))
	return {
		items, totals,
		total: totals.length ? spreadOf(totals, totalDispute) : null,
		mean: totalOf(table, means, item => items.some(row => row.item === item && row.spread?.min === 0))
	}
}

/* ---- Evidence of the items within the one text of a sheet: a line "【L2 新颖性】" begins an item's. */

export interface SheetEvidence { general: string, items: Record<string, string> }

export function readEvidence(table: Items, text: string | null | undefined): SheetEvidence {
	const evidence: SheetEvidence = { general: '', items: {} }
	const known = new Map(table.items.map(item => [item.id, item.field]))
	let field = ''
	for (const line of (text ?? '').split('\n')) {
		const [, id, rest = ''] = line.match(/^【([A-Z]\d)\s[^】]*】(.*)$/) ?? []
		const isItem = id !== undefined && known.has(id)
		if (isItem) field = known.get(id)!
		const words = isItem ? rest : line
		if (!field) evidence.general += (evidence.general ? '\n' : '') + words
		else evidence.items[field] = evidence.items[field] === undefined ? words : `${evidence.items[field]}\n${words}`
	}
	evidence.general = evidence.general.trim()
	for (const [name, words] of Object.entries(evidence.items)) evidence.items[name] = words.trim()
	return evidence
}

export function writeEvidence(table: Items, evidence: SheetEvidence): string | null {
	const lines = table.items.filter(item => evidence.items[item.field]?.trim()).map(item => `【${item.id} ${item.label.zh}】${evidence.items[item.field]!.trim()}`)
	return [evidence.general.trim(), ...lines].filter(Boolean).join('\n') || null
}
