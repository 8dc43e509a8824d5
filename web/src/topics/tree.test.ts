import { expect, test } from 'vitest'
import type { Draft } from './tree'
import { endOf, faultsOf, indent, insertAt, moveDown, moveTo, moveUp, newNode, outdent, pathsOf, removeAt } from './tree'

/* "a bb c": letters double with the level: a at 1, bb at 2 */
const tree = (text: string): Draft[] => text.split(' ').map(word => newNode(word.length, word[0]))
const text = (nodes: Draft[]) => nodes.map(node => node.name.repeat(node.level)).join(' ')

test('a node goes below the one above it, with all it holds', () => {
	expect(text(indent(tree('a b cc d'), 1))).toBe('a bb ccc d')
	const first = tree('a bb')
	expect(indent(first, 0)).toBe(first)
	expect(indent(first, 1)).toBe(first)
	const deep = tree('a b cc ddd eeee')
	expect(indent(deep, 1)).toBe(deep)
})

test('a node goes out behind its parent, its brothers stay', () => {
	expect(text(outdent(tree('a bb ccc dd e'), 1))).toBe('a dd b cc e')
	const top = tree('a b')
	expect(outdent(top, 0)).toBe(top)
})

test('up and down pass brothers and what is below them, and stop at the parent', () => {
	expect(text(moveUp(tree('a bb c dd'), 2))).toBe('c dd a bb')
	expect(text(moveDown(tree('a bb c dd'), 0))).toBe('c dd a bb')
	const inner = tree('a bb c')
	expect(moveUp(inner, 1)).toBe(inner)
	expect(moveDown(inner, 1)).toBe(inner)
})

test('a node is dropped beside or into another, never into itself or below level 4', () => {
	expect(text(moveTo(tree('a bb c'), 2, 0, 'before'))).toBe('c a bb')
	expect(text(moveTo(tree('a bb c'), 2, 1, 'inside'))).toBe('a bb ccc')
	expect(text(moveTo(tree('a bb c'), 0, 2, 'after'))).toBe('c a bb')
	expect(text(moveTo(tree('a bb c dd'), 1, 2, 'inside'))).toBe('a c dd bb')
	const nodes = tree('a bb ccc d eeee'.replace('eeee', 'ee'))
	expect(moveTo(nodes, 0, 1, 'inside')).toBe(nodes)
	expect(moveTo(nodes, 3, 2, 'inside')).toBe(nodes)
})

test('what is below goes too when a node is removed', () => {
	expect(text(removeAt(tree('a bb ccc b'), 1))).toBe('a b')
	expect(endOf(tree('a bb ccc b'), 0)).toBe(3)
	expect(text(insertAt(tree('a b'), 1, newNode(2, 'c')))).toBe('a cc b')
})

test('nodes without a name and brothers of one name are told', () => {
	const nodes = tree('a bb bb a c bb')
	nodes[4]!.name = ' '
	const faults = nodes.map(node => faultsOf(nodes).get(node.key))
	expect(faults).toEqual([undefined, undefined, 'double', 'double', 'nameless', undefined])
	expect(pathsOf(tree('a bb bb ccc a bb'))).toEqual(['1', '1.1', '1.2', '1.2.1', '2', '2.1'])
})
