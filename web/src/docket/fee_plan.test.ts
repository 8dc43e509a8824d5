import { describe, expect, it } from 'vitest'
import type { PlannedFee } from '../api/docket'
import { proposalOf, stackFees } from './fee_plan'
import { yuan } from './words'

const fee = (given: Partial<PlannedFee>): PlannedFee => ({ case: { id: 1, docket: 'a', title: 'b' }, year: 3, kind: 'annuity', title: '', due_on: '2027-01-10', amount_fen: 90001, late_fen: 0,
	fee_id: null, grade: 'A', decision: 'keep', ...given })

describe('the fee plan', () => {
	it('sums whole fen by year and key', () => {
		const made = stackFees([fee({}), fee({ amount_fen: 2, late_fen: 5 }), fee({ due_on: '2028-05-01', grade: null })], [2026, 2027, 2028], 'grade')
		expect(made).toEqual([{ key: 'A', fen: [0, 90008, 0], counts: [0, 2, 0] }, { key: '', fen: [0, 0, 90001], counts: [0, 0, 1] }])
	})
	it('counts what is overdue or has no day to the first year', () => {
		const made = stackFees([fee({ due_on: '2025-12-01' }), fee({ due_on: null })], [2026, 2027], 'kind')
		expect(made).toEqual([{ key: 'annuity', fen: [180002, 0], counts: [2, 0] }])
	})
	it('proposes by grade', () => {
		expect(['S', 'A', 'B', 'C', 'D', null].map(proposalOf)).toEqual(['keep', 'keep', 'keep', 'review', 'drop', 'grade'])
	})
	it('writes fen as yuan exactly', () => {
		expect(yuan(0)).toBe('¥0.00')
		expect(yuan(5)).toBe('¥0.05')
		expect(yuan(123456789)).toBe('¥1,234,567.89')
		expect(yuan(-90)).toBe('-¥0.90')
	})
})
