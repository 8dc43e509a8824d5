import { expect, test } from 'vitest'
import type { Part } from '../api/creation'
import { completeness } from './completeness'

const part = (weight: number, is_mandatory: boolean, fields: string[], when: string | null = null): Part =>
	({ label: { zh: fields.join(), en: '' }, weight, is_mandatory, fields, when })

const parts = [part(20, false, ['goals']), part(50, true, ['solution', 'essential']), part(30, true, ['inventors']), part(0, true, ['software'], 'is_software')]

test('a part counts when all its fields are there', () => {
	const found = completeness(parts, { solution: 'a', essential: '  ', inventors: [3] })
	expect(found.percent).toBe(30)
	expect(found.missing.map(one => one.fields)).toEqual([['essential'], ['goals']])
	expect(found.mandatoryCount).toBe(1)
})

test('what is asked for in some cases only is mandatory in these', () => {
	const whole = { solution: 'a', essential: 'b', inventors: [1], goals: 'c' }
	expect(completeness(parts, whole)).toEqual({ percent: 100, missing: [], mandatoryCount: 0 })
	const found = completeness(parts, { ...whole, is_software: true })
	expect(found.percent).toBe(100)
	expect(found.missing.map(one => one.fields)).toEqual([['software']])
	expect(completeness(parts, { ...whole, is_software: true, software: '三层卷积' }).missing).toEqual([])
})
