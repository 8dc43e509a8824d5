import { expect, test } from 'vitest'
import { changedFields, difference, isSame, merge } from './merge'

test('what only one changed is kept from both sides', () => {
	const merged = merge({ a: '1', b: '2', c: null }, { a: 'mine', b: '2', c: null }, { a: '1', b: 'theirs', c: null })
	expect(merged.values).toEqual({ a: 'mine', b: 'theirs', c: null })
	expect(merged.conflicts).toEqual([])
	expect(merged.taken).toEqual(['b'])
})

test('what both changed is a conflict, unless they agree; the typed text stays in the form', () => {
	const merged = merge({ a: '1', b: '2' }, { a: 'mine', b: 'x' }, { a: 'theirs', b: 'x' })
	expect(merged.conflicts).toEqual([{ field: 'a', before: '1', mine: 'mine', theirs: 'theirs' }])
	expect(merged.values).toEqual({ a: 'mine', b: 'x' })
})

test('nothing written is null, whatever it looks like', () => {
	expect(isSame('', null)).toBe(true)
	expect(isSame([], undefined)).toBe(true)
	expect(isSame(false, null)).toBe(false)
	expect(changedFields({ a: null, b: [1] }, { a: '  ', b: [1, 2] })).toEqual(['b'])
})

test('the middle in which two texts differ has whole characters', () => {
	expect(difference('液冷板厚2mm', '液冷板厚3mm')).toEqual([4, 5, 5])
	expect(difference('abc', 'abc')).toEqual([3, 3, 3])
	expect(difference('aa', 'aaa')).toEqual([2, 2, 3])
	expect(difference('𠀀甲', '𠀁甲')).toEqual([0, 2, 2])
})
