import { expect, test } from 'vitest'
import type { Item, Items } from '../api/creation'
import { readEvidence, readScore, roundOf, totalOf, writeEvidence } from './evaluation'

const item = (id: string, dimension: Item['dimension'], weight: number, more: Partial<Item> = {}): Item => ({
	id, field: id.toLowerCase(), dimension, dimension_label: { zh: '', en: '' }, label: { zh: `项${id}`, en: id }, ask: { zh: '', en: '' }, weight,
	is_veto: false, is_optional: false, needs_evidence: false, basis: { zh: '', en: '' }, ...more
})
const table: Items = {
	edition: '2026-11-01', most: 5,
	items: [item('L1', 'prospect', 40, { is_veto: true }), item('S1', 'technology', 30), item('M1', 'market', 30), item('K1', 'layout', 0, { is_optional: true })],
	thresholds: [{ minimum: 80, decision: 'file' }, { minimum: 60, decision: 'improve' }, { minimum: 40, decision: 'hold' }, { minimum: 0, decision: 'drop' }].map(one => ({ ...one, label: { zh: '', en: '' } }))
}

test('weights sum the scores to a hundred', () => {
	const total = totalOf(table, { l1: 5, s1: 5, m1: 5 })
	expect(total.score).toBe(100)
	expect(total.decision).toBe('file')
	expect(totalOf(table, { l1: 4, s1: 4, m1: 4 }).decision).toBe('file')
	expect(totalOf(table, { l1: 4, s1: 4, m1: 3.9 }).decision).toBe('improve')
	expect(totalOf(table, { l1: 1, s1: 1, m1: 1 }).decision).toBe('drop')
})

test('without a score of every item there is no decision; a nought vetoes', () => {
	const total = totalOf(table, { l1: 5, s1: null })
	expect(total.decision).toBeNull()
	expect(total.missing.map(one => one.id)).toEqual(['S1', 'M1'])
	const vetoed = totalOf(table, { l1: 0, s1: 5, m1: 5 })
	expect(vetoed.vetoes.map(one => one.id)).toEqual(['L1'])
	expect(vetoed.decision).toBe('drop')
})

test('what cannot be found out is kept as a secret when the technology is worth it', () => {
	expect(totalOf(table, { l1: 5, s1: 4, m1: 4, k1: 4 }).decision).toBe('secret')
	expect(totalOf(table, { l1: 5, s1: 2.9, m1: 5, k1: 5 }).decision).toBe('file')
	expect(totalOf(table, { l1: 2, s1: 3, m1: 2, k1: 5 }).decision).toBe('hold')
})

test('several sheets: means, spread, who disputes, a veto of one', () => {
	const round = roundOf(table, [{ l1: 5, s1: 5, m1: 5 }, { l1: 5, s1: 3, m1: 4 }])
	expect(round.items[1]!.spread).toEqual({ count: 2, mean: 4, min: 3, max: 5, isDisputed: true })
	expect(round.items[3]!.spread).toBeNull()
	expect(round.totals).toEqual([100, 82])
	expect(round.total!.isDisputed).toBe(true)
	expect(round.mean.score).toBeCloseTo(91)
	expect(roundOf(table, [{ l1: 0, s1: 5, m1: 5 }, { l1: 5, s1: 5, m1: 5 }]).mean.decision).toBe('drop')
})

test('scores are 0 to 5 in tenths', () => {
	expect(['3.5', '5', '0', ' 4 '].map(text => readScore(text, 5))).toEqual([3.5, 5, 0, 4])
	expect(['5.1', '-1', '3.55', 'x', ''].map(text => readScore(text, 5))).toEqual([null, null, null, null, null])
})

test('evidence of the items is read from the one text and written back', () => {
	const text = '总体可行\n【L1 项L1】对比文件1\n第二行\n【M1 项M1】市场'
	const evidence = readEvidence(table, text)
	expect(evidence).toEqual({ general: '总体可行', items: { l1: '对比文件1\n第二行', m1: '市场' } })
	expect(writeEvidence(table, evidence)).toBe(text)
	expect(readEvidence(table, '【X9 不是】照旧')).toEqual({ general: '【X9 不是】照旧', items: {} })
	expect(writeEvidence(table, { general: ' ', items: { l1: '' } })).toBeNull()
})
