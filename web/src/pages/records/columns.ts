/* Which columns a list shows before somebody has chosen: what the type lists and these rows tell, as far as the window goes. */
import type { Row } from '../../api/records'
import type { Field, Type } from '../../api/types'
import { fieldText } from './values'

/* Pixels a value commonly takes; nothing is measured. */
const widths: Record<Field['kind'], number> = {
	text: 130, long_text: 220, integer: 90, decimal: 90, money: 120, date: 112, bool: 90, choice: 110, choices: 160, ref: 190, refs: 200, file: 160,
	publication: 120, region: 90, organisation: 200, user: 96
}
const titleWidth = 300
const stateWidth = 96
const updatedWidth = 140
/* Menu and margins beside the table; narrow windows hide the menu, a phone shows cards of a few lines. */
const beside = (width: number) => width > 900 ? 256 : 44
const phoneWidth = 720
const phoneLines = 4

/** Empty in all rows, or told by every title already. */
function tellsNothing(field: Field, rows: Row[]): boolean {
	const texts = rows.map(row => fieldText(row, field))
	return texts.every(text => text === '') || rows.every((row, i) => texts[i] !== '' && row.title.includes(texts[i]!))
}

/** Names of fields, and updated_at when there is room. */
export function usualColumns(type: Type, rows: Row[], width = window.innerWidth): string[] {
	const fields = type.fields.filter(field => field.listed && field.name !== type.title_field && (!rows.length || !tellsNothing(field, rows)))
	if (width <= phoneWidth) return fields.slice(0, phoneLines).map(field => field.name)
	let room = width - beside(width) - titleWidth - (type.states.length > 1 ? stateWidth : 0)
	const names: string[] = []
	for (const field of fields) {
		if (names.length && room < widths[field.kind]) break
		room -= widths[field.kind]
		names.push(field.name)
	}
	return room >= updatedWidth ? [...names, 'updated_at'] : names
}
