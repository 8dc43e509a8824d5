import { expect, test } from 'vitest'
import type { QueryField } from '../api/search'
import { addCondition, cutMarks, indexOfByte, isClause, lookAtCaret, matchFields, nameCondition, removeCondition, splitConditions } from './query_text'

const field = (code: string, zh: string, more: Partial<QueryField> = {}): QueryField =>
	({ code, kind: 'words', label: { zh, en: code }, has_values: true, names: [], choices: [], ...more })
const fields = [field('TI', '标题'), field('PA', '申请（专利权）人', { names: ['申请人', '权利人'] }),
	field('LS', '法律状态', { choices: [{ value: 'active', label: { zh: '有效', en: 'In force' } }] }), field('AD', '申请日')]

test('bytes are turned into places of the text', () => {
	expect(indexOfByte('电池 AND', 0)).toBe(0)
	expect(indexOfByte('电池 AND', 7)).toBe(3)
	expect(indexOfByte('𠀀a', 4)).toBe(2)
	expect(cutMarks('一种电池包', [[6, 12]])).toEqual([{ text: '一种', isMarked: false }, { text: '电池', isMarked: true }, { text: '包', isMarked: false }])
})

test('conditions come and go, and the words stay', () => {
	const once = addCondition('飞行 OR 悬停', 'PA=="示例 大学"')
	expect(once).toBe('(飞行 OR 悬停) AND PA=="示例 大学"')
	const twice = addCondition(once, 'LS=active', true)
	expect(twice).toBe('(飞行 OR 悬停) AND PA=="示例 大学" NOT LS=active')
	expect(removeCondition(twice, 1)).toBe('(飞行 OR 悬停) NOT LS=active')
	expect(removeCondition(once, 1)).toBe('飞行 OR 悬停')
	expect(removeCondition('(a OR b) AND (c OR d) AND AD=2015', 2)).toBe('(a OR b) AND (c OR d)')
})

test('a condition is turned round, not doubled; ranges of two parts stay together', () => {
	expect(addCondition('电池 AND LS=active', 'LS=active', true)).toBe('电池 NOT LS=active')
	expect(addCondition('电池', 'AD>=2006-01-01 AND AD<=2006-12-31')).toBe('电池 AND (AD>=2006-01-01 AND AD<=2006-12-31)')
	expect(addCondition('', 'LS=active', true)).toBe('NOT LS=active')
	expect(addCondition('电池，电芯', 'LS=active')).toBe('(电池，电芯) AND LS=active')
	expect(addCondition('TA=(电池，电芯)', 'LS=active')).toBe('TA=(电池，电芯) AND LS=active')
})

test('AND within brackets and quotes joins nothing', () => {
	expect(splitConditions('TI=(a AND b) AND "x AND y"')!.map(part => part.text)).toEqual(['TI=(a AND b)', '"x AND y"'])
	expect(splitConditions('a OR b AND c')).toBe(null)
})

test('conditions are told in words', () => {
	expect(nameCondition('LS=active', fields)).toEqual({ field: '法律状态', value: '有效' })
	expect(nameCondition('PA==("示例大学")', fields)).toEqual({ field: '申请（专利权）人', value: '示例大学' })
	expect(['#重点', 'LS=active', '电池', '(a OR b)'].map(isClause)).toEqual([true, true, false, false])
	expect(nameCondition('AD>=2015', fields)).toEqual({ field: '申请日', value: '≥ 2015' })
})

test('what is typed at the caret is seen', () => {
	const at = (text: string) => lookAtCaret(text, text.length, fields)
	expect(at('TI=(电池) AND P')).toMatchObject({ kind: 'field', text: 'P' })
	expect(at('PA=示例')).toMatchObject({ kind: 'value', text: '示例', from: 3 })
	expect(at('PA=(示例大学 OR 清')).toMatchObject({ kind: 'value', text: '清' })
	expect(at('申请人＝“')).toMatchObject({ kind: 'value' })
	expect(at('申请（专利权）人=示')).toMatchObject({ kind: 'value', text: '示' })
	expect(at('#电')).toMatchObject({ kind: 'name', text: '电', from: 0 })
	expect(at('a $P')).toMatchObject({ kind: 'operator', text: '$P' })
	expect(at('PA=(示例) ')).toMatchObject({ kind: 'none' })
	expect(matchFields('申请', fields).map(one => one.code)).toEqual(['PA', 'AD'])
	expect(matchFields('申请人', fields)[0]!.code).toBe('PA')
	expect(matchFields('权利', fields).map(one => one.code)).toEqual(['PA'])
})
