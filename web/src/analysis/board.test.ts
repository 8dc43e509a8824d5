import { expect, test } from 'vitest'
import { defaultCards, moved, readCards } from './board'

test('what was stored is read with care', () => {
	expect(readCards(null)).toBeNull()
	expect(readCards('{')).toBeNull()
	expect(readCards('{"a":1}')).toBeNull()
	expect(readCards('[{"name":"type","size":"small","top":20},{"name":3,"size":"small"},{"name":"x","size":"huge"},null]'))
		.toEqual([{ name: 'type', size: 'small', isTable: false, top: 20 }])
	expect(readCards('[{"name":"type","size":"small","top":-1}]')![0]!.top).toBeUndefined()
})

test('cards move within the board only', () => {
	expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
	expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['c', 'a', 'b'])
	expect(moved(['a', 'b', 'c'], 0, 9)).toEqual(['b', 'c', 'a'])
})

test('a topic with trees begins with its matrix', () => {
	const names = (hasTrees: boolean) => defaultCards(hasTrees).map(card => card.name)
	expect(names(true)).toContain('matrix')
	expect(names(false)).not.toContain('matrix')
	expect(new Set(names(true)).size).toBe(names(true).length)
})
