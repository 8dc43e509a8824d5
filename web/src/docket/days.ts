/* Days as the server writes them, "2026-11-23": calculated without times of day, so no zone moves them. */

const DAY = 86_400_000
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`)
const text = (instant: number) => new Date(instant).toISOString().slice(0, 10)

/** Of the person's own clock. */
export function today(): string {
	const now = new Date()
	return text(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()))
}

export const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(utc(value)) && text(utc(value)) === value
export const addDays = (day: string, days: number) => text(utc(day) + days * DAY)
export const daysBetween = (from: string, until: string) => Math.round((utc(until) - utc(from)) / DAY)
/** 0 Monday … 6 Sunday. */
export const weekday = (day: string) => (new Date(utc(day)).getUTCDay() + 6) % 7
export const monthOf = (day: string) => day.slice(0, 7)

/** The same day of another month, or that month's last. */
export function addMonths(day: string, months: number): string {
	const date = new Date(utc(day))
	const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)
	const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate()
	return text(first + (Math.min(date.getUTCDate(), last) - 1) * DAY)
}

export const weekOf = (day: string) => Array.from({ length: 7 }, (_, i) => addDays(day, i - weekday(day)))

/** The weeks that a month touches, from Monday: four to six rows of seven days. */
export function monthGrid(day: string): string[][] {
	const first = `${monthOf(day)}-01`
	const weeks: string[][] = []
	for (let monday = addDays(first, -weekday(first)); monthOf(monday) <= monthOf(day); monday = addDays(monday, 7)) weeks.push(weekOf(monday))
	return weeks
}

export function groupByDay<T extends { on: string }>(events: T[]): Map<string, T[]> {
	const days = new Map<string, T[]>()
	for (const event of events) days.set(event.on, [...days.get(event.on) ?? [], event])
	return days
}
