import { expect, test } from 'vitest'
import type { Row } from '../../api/records'
import type { Field, Type } from '../../api/types'
import { usualColumns } from './columns'

const label = { zh: '', en: '' }
const field = (name: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({ name, kind, label, listed: true, ...more })
const type = { title_field: 'title', states: [{ value: 'draft', label }, { value: 'done', label }], fields: [
	field('title', 'text'), field('case_id', 'ref', { ref: 'patent_case' }), field('graded_on', 'date'), field('model', 'text'), field('score', 'decimal'),
	field('owner_id', 'user'), field('agency_id', 'organisation'), field('note', 'long_text', { listed: false })
] } as unknown as Type
const row = (title: string, fields: Row['fields']): Row => ({ title, fields } as Row)
const rows = [
	row('一种电池 · 2026-11-23', { case_id: { id: 1, title: '一种电池' }, graded_on: '2026-11-23', model: null, score: '1.65', owner_id: { id: 2, title: '许' }, agency_id: null }),
	row('一种电机 · 2026-11-16', { case_id: { id: 3, title: '一种电机' }, graded_on: '2026-11-16', model: null, score: '1.80', owner_id: null, agency_id: { id: 4, title: '所' } })
]

test('what the titles tell and what nobody has filled in is left out', () => {
	expect(usualColumns(type, rows, 1366)).toEqual(['score', 'owner_id', 'agency_id', 'updated_at'])
})

test('a title of one row that names another record keeps the column', () => {
	expect(usualColumns(type, [...rows, row('别名', rows[0]!.fields)], 1366)).toContain('case_id')
})

test('without rows the type decides', () => {
	expect(usualColumns(type, [], 1366)).toEqual(['case_id', 'graded_on', 'model', 'score', 'owner_id'])
})

test('a narrow window has fewer columns, the cards of a phone have four lines at most', () => {
	expect(usualColumns(type, rows, 730)).toEqual(['score', 'owner_id'])
	expect(usualColumns(type, [], 390)).toEqual(['case_id', 'graded_on', 'model', 'score'])
})
