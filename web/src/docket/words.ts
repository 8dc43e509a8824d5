/* Words and colours of the docket that several pages use. */
import type { CalendarEvent, EventKind, Level } from '../api/docket'
import { knownTypes } from '../api/types'
import type { Label } from '../app/language'
import { defineMessages, formatMoney, label, say } from '../app/language'
import { daysBetween, today } from './days'

export const levelLabels: Record<Level, Label> = { red: label('紧急', 'Urgent'), amber: label('临近', 'Soon'), normal: label('正常', 'In time') }
export const kindLabels: Record<EventKind, Label> = {
	deadline: label('期限', 'Deadline'), fee: label('费用', 'Fee'), gate: label('研发节点', 'R&D gate'), task: label('工作事项', 'Task')
}
export const levelColours = { red: 'danger', amber: 'warning', normal: 'info' } as const

const t = defineMessages({ late: ['逾期 {0} 天', '{0} days late'], today: ['今天', 'today'], left: ['剩 {0} 天', '{0} days left'], yuan: ['¥{0}', '¥{0}'] })

export function daysLeft(day: string): string {
	const days = daysBetween(today(), day)
	return days < 0 ? t('late', -days) : days === 0 ? t('today') : t('left', days)
}

/** What is to be done: the title of a deadline or fee says it, that of other records only whose it is. */
export function taskText(event: CalendarEvent): string {
	const type = event.kind === 'deadline' || event.kind === 'fee' ? null : knownTypes().find(one => one.name === event.type)
	return type ? `${say(type.label)} · ${event.title}` : event.title
}

/** Whole fen as yuan, exactly. */
export function yuan(fen: number): string {
	const digits = String(Math.abs(fen)).padStart(3, '0')
	return (fen < 0 ? '-' : '') + t('yuan', formatMoney(`${digits.slice(0, -2)}.${digits.slice(-2)}`))
}
