/* Filters of a list, as they stand in an address: docs/records.md, "Lists". */
import type { Field, FieldKind, Type } from '../../api/types'
import { label } from '../../app/language'
import type { Label } from '../../app/language'

export interface Filter { field: string, operator: string, value: string }

const operatorLabels: Record<string, Label> = {
	'=': label('等于', 'is'), '!=': label('不等于', 'is not'), '<': label('小于', 'less than'), '<=': label('不大于', 'at most'),
	'>': label('大于', 'more than'), '>=': label('不小于', 'at least'), contains: label('包含', 'contains'), in: label('属于', 'is one of'),
	empty: label('为空', 'is empty'), not_empty: label('不为空', 'is not empty')
}

const ordered = ['=', '<=', '>=', 'empty', 'not_empty']
const same = ['=', '!=', 'empty', 'not_empty']
const operators: Record<FieldKind, string[]> = {
	text: ['contains', '=', '!=', 'empty', 'not_empty'], long_text: ['contains', 'empty', 'not_empty'], integer: ordered, decimal: ordered, money: ordered,
	date: ['>=', '<=', '=', 'empty', 'not_empty'], bool: ['='], choice: same, choices: ['contains', 'empty', 'not_empty'], ref: same,
	refs: ['contains', 'empty', 'not_empty'], file: ['empty', 'not_empty'], publication: ['contains', '=', 'empty', 'not_empty'],
	region: ['contains', '=', 'empty', 'not_empty'], organisation: same, user: same
}

export const operatorsOf = (field: Field) => operators[field.kind].map(value => ({ value, label: operatorLabels[value]! }))
export const operatorLabel = (operator: string) => operatorLabels[operator] ?? label(operator, operator)
export const wantsValue = (operator: string) => operator !== 'empty' && operator !== 'not_empty'

/** Those every type has. */
export function filterFields(type: Type): Field[] {
	return [
		{ name: 'state', kind: 'choice', label: label('状态', 'State'), choices: type.states },
		...type.fields.filter(field => !field.sensitive && field.kind !== 'file'),
		{ name: 'organisation_id', kind: 'organisation', label: label('所属机构', 'Organisation') },
		{ name: 'created_by', kind: 'user', label: label('创建人', 'Created by') }
	]
}

export function parseFilters(text: string): Filter[] {
	return (text.match(/(?:\\.|[^;\\])+/g) ?? []).map(part => {
		const [field = '', operator = '', ...rest] = part.split(':')
		return { field, operator, value: rest.join(':').replace(/\\(.)/g, '$1') }
	})
}

export function writeFilters(filters: Filter[]): string {
	return filters.map(one => `${one.field}:${one.operator}${wantsValue(one.operator) ? `:${one.value.replace(/[\\;]/g, sign => `\\${sign}`)}` : ''}`).join(';')
}
