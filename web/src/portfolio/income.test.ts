import { describe, expect, it } from 'vitest'
import type { Row } from '../api/records'
import { fenOf, sumIncome } from './income'

const income = (received_on: string | null, amount: string) => ({ fields: { received_on, amount } }) as unknown as Row

describe('income of deals', () => {
	it('reads money without losing a fen', () => {
		expect([fenOf('0.10'), fenOf('0.29'), fenOf('1234567.89'), fenOf('5'), fenOf(null), fenOf('-1.05')]).toEqual([10, 29, 123456789, 500, 0, -105])
	})
	it('sums by year and kind', () => {
		const sums = sumIncome([income('2025-01-02', '0.10'), income('2025-12-31', '0.20'), income('2026-01-01', '1.00'), income(null, '9.00')], () => 'licence')
		expect(sums.years).toEqual(['2025', '2026'])
		expect(sums.fen.get('2025/licence')).toBe(30)
	})
})
