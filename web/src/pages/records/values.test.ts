import { expect, test } from 'vitest'
import type { Field } from '../../api/types'
import { sections, toBody, toForm, valueText } from './values'

const field = (kind: Field['kind'], more: Partial<Field> = {}): Field => ({ name: 'x', kind, label: { zh: '字段', en: 'field' }, ...more })
const choices = [{ value: 'a', label: { zh: '甲', en: 'A' } }, { value: 'b', label: { zh: '乙', en: 'B' } }]

test('values as they are read', () => {
	expect(valueText(field('money'), '1234567.5')).toBe('1,234,567.50')
	expect(valueText(field('integer'), 2026)).toBe('2026')
	expect(valueText(field('integer'), 20260)).toBe('20,260')
	expect(valueText(field('choices', { choices }), ['a', 'b', 'gone'])).toBe('甲、乙、gone')
	expect(valueText(field('ref', { ref: 'topic' }), { id: 7, title: '' })).toBe('#7')
	expect(valueText(field('bool'), false)).toBe('否')
	expect(valueText(field('text'), { masked: '138****5678' })).toBe('138****5678')
	expect(valueText(field('text'), null)).toBe('')
})

test('what a form holds comes from the record and goes back to it', () => {
	expect(toForm(field('refs', { ref: 'user' }), [{ id: 3, title: '甲' }, { id: 4, title: '乙' }])).toEqual([3, 4])
	expect(toForm(field('user'), { id: 3, title: '甲' })).toBe(3)
	expect(toForm(field('choices', { choices }), null)).toEqual([])
	expect(toForm(field('text'), { masked: '1**' })).toEqual({ masked: '1**' })
	expect(toBody('  ')).toBe(null)
	expect(toBody(false)).toBe(false)
	expect(toBody(undefined)).toBe(null)
})

test('sections come in the order of the type', () => {
	const second = { zh: '联系方式', en: 'Contact' }
	const made = sections([field('text'), field('date', { section: second }), field('bool')], '基本信息')
	expect(made.map(section => [section.label, section.fields.length])).toEqual([['基本信息', 2], ['联系方式', 1]])
})
