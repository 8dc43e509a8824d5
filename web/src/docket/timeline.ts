/* The course of a case along time: lanes of events, what lies close together as one mark, bands of states. */
import type { OpenDeadline, Timeline, TimelineEvent } from '../api/docket'
import type { Label } from '../app/language'
import { label } from '../app/language'
import { addDays, daysBetween } from './days'

export type Lane = 'procedure' | 'notice' | 'deadline' | 'fee' | 'use'
export const laneLabels: Record<Lane, Label> = {
	procedure: label('程序', 'Procedure'), notice: label('通知书', 'Notices'), deadline: label('期限', 'Deadlines'), fee: label('缴费', 'Fees'), use: label('评价与运用', 'Use')
}
export const lanes = Object.keys(laneLabels) as Lane[]
const known: Record<string, Lane> = { date: 'procedure', update: 'procedure', notice: 'notice', deadline: 'deadline', fee: 'fee' }
export const laneOf = (kind: string): Lane => known[kind] ?? 'use'

export interface Range { from: string, until: string }

/** From the first event to the last thing known, with some room; today is always within. */
export function rangeOf(timeline: Timeline, today: string): Range {
	const days = [...timeline.events.map(event => event.on), ...timeline.open_deadlines.map(one => one.due_on), today].sort()
	const from = days[0]!, until = days[days.length - 1]!
	const room = Math.max(20, Math.round(daysBetween(from, until) * 0.02))
	return { from: addDays(from, -room), until: addDays(until, room) }
}

/** 0 to 100. */
export const placeOf = (day: string, range: Range) => daysBetween(range.from, day) / Math.max(1, daysBetween(range.from, range.until)) * 100

export interface Mark { place: number, events: TimelineEvent[] }

/** Events of a lane, those closer than `near` to the first of their mark together. */
export function marksOf(events: TimelineEvent[], range: Range, near = 1.4): Mark[] {
	const marks: Mark[] = []
	for (const event of [...events].sort((a, b) => a.on.localeCompare(b.on))) {
		const place = placeOf(event.on, range), last = marks[marks.length - 1]
		if (last && place - last.place < near) last.events.push(event)
		else marks.push({ place, events: [event] })
	}
	return marks
}

export interface Band { label: Label, from: string, until: string | null, start: number, end: number }

/**
 * States from the day they came about, without those that lasted no day: of a case that was written down
 * later, several have no day of their own.
 */
export function bandsOf(timeline: Timeline, range: Range, today: string): Band[] {
	return timeline.states.filter(state => state.until === null || state.until > state.from)
		.map(state => ({ label: state.label, from: state.from, until: state.until, start: placeOf(state.from, range), end: placeOf(state.until ?? (today > state.from ? today : state.from), range) }))
}

export function yearTicks(range: Range): { year: number, place: number }[] {
	const first = Number(range.from.slice(0, 4)) + 1, last = Number(range.until.slice(0, 4))
	const step = Math.max(1, Math.ceil((last - first + 1) / 14))
	return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).filter(year => (year - first) % step === 0).map(year => ({ year, place: placeOf(`${year}-01-01`, range) }))
}

export const asEvent = (one: OpenDeadline): TimelineEvent => ({ on: one.due_on, kind: 'deadline', title: { zh: one.title, en: one.title }, type: 'deadline', id: one.id, detail: null })
