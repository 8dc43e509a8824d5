import { describe, expect, it } from 'vitest'
import type { Timeline, TimelineEvent } from '../api/docket'
import { bandsOf, laneOf, marksOf, placeOf, rangeOf, yearTicks } from './timeline'

const event = (on: string, kind = 'date'): TimelineEvent => ({ on, kind, title: { zh: on, en: on }, type: 'patent_case', id: 1, detail: null })
const state = (from: string, until: string | null) => ({ state: 'x', label: { zh: from, en: from }, from, until })
const timeline: Timeline = { case: { id: 1, docket: 'A', title: 'B', state: 'x' }, events: [event('2020-01-01'), event('2024-01-01', 'notice')], open_deadlines: [],
	states: [state('2021-01-04', '2021-01-04'), state('2021-01-04', '2023-01-01'), state('2023-01-01', null)] }

describe('the timeline of a case', () => {
	it('reaches from the first event to today, with room', () => {
		const range = rangeOf(timeline, '2026-01-01')
		expect(range.from < '2020-01-01').toBe(true)
		expect(range.until > '2026-01-01').toBe(true)
		expect(placeOf(range.from, range)).toBe(0)
		expect(placeOf(range.until, range)).toBe(100)
	})
	it('leaves out states that lasted no day', () => {
		const range = rangeOf(timeline, '2026-01-01')
		const bands = bandsOf(timeline, range, '2026-01-01')
		expect(bands.map(band => band.from)).toEqual(['2021-01-04', '2023-01-01'])
		expect(bands[1]!.end).toBeCloseTo(placeOf('2026-01-01', range))
	})
	it('puts what is close together into one mark', () => {
		const range = { from: '2020-01-01', until: '2030-01-01' }
		const marks = marksOf([event('2022-01-20'), event('2022-01-01'), event('2023-06-01')], range)
		expect(marks.map(mark => mark.events.length)).toEqual([2, 1])
		expect(marks[0]!.events[0]!.on).toBe('2022-01-01')
	})
	it('writes no more years than have room', () => {
		expect(yearTicks({ from: '2000-06-01', until: '2040-06-01' }).length).toBeLessThanOrEqual(14)
		expect(yearTicks({ from: '2026-02-01', until: '2026-06-01' })).toEqual([])
	})
	it('has a lane for each kind', () => {
		expect(['date', 'update', 'notice', 'deadline', 'fee', 'deal', 'award'].map(laneOf)).toEqual(['procedure', 'procedure', 'notice', 'deadline', 'fee', 'use', 'use'])
	})
})
