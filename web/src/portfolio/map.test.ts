import { describe, expect, it } from 'vitest'
import type { MapCase, MapCell } from '../api/docket'
import { stateOf, yearsLeft } from './map'

const one = (state: string, live: boolean): MapCase => ({ id: 1, docket: '', title: '', type: 'invention', state, label: { zh: '', en: '' }, live, filed_on: null, grade: null })
const cell = (given: Partial<MapCell>): MapCell => ({ subject: 1, country: 'CN', planned: true, market: false, covered: false, missing: false, types: [], cases: [], ...given })

describe('the map of a portfolio', () => {
	it('says what is missing before what there is', () => {
		expect(stateOf(cell({ missing: true, cases: [one('final_ended', false)] }))).toBe('missing')
		expect(stateOf(cell({ covered: true, cases: [one('examination', true), one('in_force', true)] }))).toBe('held')
		expect(stateOf(cell({ covered: true, cases: [one('examination', true)] }))).toBe('pending')
		expect(stateOf(cell({ covered: true }))).toBe('regional')
		expect(stateOf(cell({ cases: [one('final_ended', false)] }))).toBe('lost')
		expect(stateOf(cell({}))).toBe('open')
		expect(stateOf(undefined)).toBe('empty')
	})
	it('knows what is left of a right', () => {
		expect(yearsLeft('invention', '2019-02-14', 0, '2026-11-23')).toBe(12.2)
		expect(yearsLeft('utility', '2010-01-01', 0, '2026-11-23')).toBe(0)
		expect(yearsLeft('design', '2021-05-31', 0, '2026-05-31')).toBe(5)
		expect(yearsLeft('design', '2021-06-01', 0, '2026-06-01')).toBe(10)
		expect(yearsLeft('invention', null, 0, '2026-11-23')).toBe(null)
	})
})
