import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysBetween, groupByDay, isDay, monthGrid, weekday, weekOf } from './days'

describe('days', () => {
	it('has the weeks of a month from Monday, no more and no fewer', () => {
		expect(monthGrid('2026-11-23')[0]![0]).toBe('2026-10-26')
		expect(monthGrid('2026-11-23')).toHaveLength(6)
		expect(monthGrid('2027-02-10')).toHaveLength(4)
		expect(monthGrid('2026-02-10').flat().pop()).toBe('2026-03-01')
		expect(monthGrid('2026-12-31').flat().pop()).toBe('2027-01-03')
	})
	it('knows leap days and the ends of months', () => {
		expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
		expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
		expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
		expect(addMonths('2026-12-15', 1)).toBe('2027-01-15')
		expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1)
		expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1)
	})
	it('begins the week on Monday', () => {
		expect(weekday('2026-11-23')).toBe(0)
		expect(weekOf('2026-11-29')[0]).toBe('2026-11-23')
	})
	it('takes no day that is none', () => {
		expect(isDay('2026-02-30')).toBe(false)
		expect(isDay('2026-2-3')).toBe(false)
		expect(isDay('2026-02-28')).toBe(true)
		expect(isDay(undefined)).toBe(false)
	})
	it('keeps the order of events within a day', () => {
		expect(groupByDay([{ on: 'a', id: 1 }, { on: 'b', id: 2 }, { on: 'a', id: 3 }]).get('a')).toEqual([{ on: 'a', id: 1 }, { on: 'a', id: 3 }])
	})
})
