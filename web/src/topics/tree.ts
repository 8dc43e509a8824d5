/*
 * A breakdown tree while it is edited: nodes in document order with levels 1 to 4, as the API has them.
 * A node and what is below it move together. Every function gives a new list, or the same when the
 * change cannot be made.
 */
import type { TreeNode } from '../api/topics'

export const levelsMax = 4
export const nodesMax = 2000

export interface Draft {
	/** For the page: nodes keep it when they move. */
	key: number
	level: number
	name: string
	definition: string
	query: string
	/** As last counted by the server; null: not yet. */
	documents: number | null
}

let lastKey = 0

export const newNode = (level: number, name = ''): Draft => ({ key: ++lastKey, level, name, definition: '', query: '', documents: null })
export const draftOf = (nodes: TreeNode[]): Draft[] => nodes.map(({ level, name, definition, query, documents }) => ({ key: ++lastKey, level, name, definition, query, documents }))
export const savedOf = (nodes: Draft[]) => nodes.map(({ level, name, definition, query }) => ({ level, name: name.trim(), definition: definition.trim(), query: query.trim() }))
export const isSame = (a: Draft[], b: Draft[]) => JSON.stringify(savedOf(a)) === JSON.stringify(savedOf(b))

/** The place behind the last node below `at`. */
export function endOf(nodes: Draft[], at: number): number {
	let end = at + 1
	while (end < nodes.length && nodes[end]!.level > nodes[at]!.level) end++
	return end
}

export function parentOf(nodes: Draft[], at: number): number {
	for (let i = at - 1; i >= 0; i--) if (nodes[i]!.level < nodes[at]!.level) return i
	return -1
}

const depthBelow = (nodes: Draft[], at: number) => Math.max(...nodes.slice(at, endOf(nodes, at)).map(node => node.level)) - nodes[at]!.level

function shifted(nodes: Draft[], from: number, to: number, by: number): Draft[] {
	return nodes.map((node, i) => i >= from && i < to ? { ...node, level: node.level + by } : node)
}

export function indent(nodes: Draft[], at: number): Draft[] {
	const above = nodes[at - 1]
	if (!above || above.level < nodes[at]!.level || nodes[at]!.level + depthBelow(nodes, at) >= levelsMax) return nodes
	return shifted(nodes, at, endOf(nodes, at), 1)
}

/* What followed as its brothers stays below the old parent: the node goes behind them. */
export function outdent(nodes: Draft[], at: number): Draft[] {
	const parent = parentOf(nodes, at)
	if (parent < 0) return nodes
	const end = endOf(nodes, at)
	const taken = shifted(nodes, at, end, -1).slice(at, end)
	const rest = [...nodes.slice(0, at), ...nodes.slice(end)]
	const place = endOf(rest, parent)
	return [...rest.slice(0, place), ...taken, ...rest.slice(place)]
}

function brotherBefore(nodes: Draft[], at: number): number {
	for (let i = at - 1; i >= 0 && nodes[i]!.level >= nodes[at]!.level; i--) if (nodes[i]!.level === nodes[at]!.level) return i
	return -1
}

export function moveUp(nodes: Draft[], at: number): Draft[] {
	const before = brotherBefore(nodes, at)
	if (before < 0) return nodes
	const end = endOf(nodes, at)
	return [...nodes.slice(0, before), ...nodes.slice(at, end), ...nodes.slice(before, at), ...nodes.slice(end)]
}

export function moveDown(nodes: Draft[], at: number): Draft[] {
	const next = endOf(nodes, at)
	return next < nodes.length && nodes[next]!.level === nodes[at]!.level ? moveUp(nodes, next) : nodes
}

export function removeAt(nodes: Draft[], at: number): Draft[] {
	return [...nodes.slice(0, at), ...nodes.slice(endOf(nodes, at))]
}

export function insertAt(nodes: Draft[], at: number, node: Draft): Draft[] {
	return nodes.length >= nodesMax ? nodes : [...nodes.slice(0, at), node, ...nodes.slice(at)]
}

export type Side = 'before' | 'inside' | 'after'

/** Drops the node and what is below it beside or into another one; not into itself. */
export function moveTo(nodes: Draft[], from: number, target: number, side: Side): Draft[] {
	const end = endOf(nodes, from)
	if (target >= from && target < end) return nodes
	const level = nodes[target]!.level + (side === 'inside' ? 1 : 0)
	if (level + depthBelow(nodes, from) > levelsMax) return nodes
	const key = nodes[target]!.key
	const taken = shifted(nodes, from, end, level - nodes[from]!.level).slice(from, end)
	const rest = [...nodes.slice(0, from), ...nodes.slice(end)]
	const at = rest.findIndex(node => node.key === key)
	const place = side === 'before' ? at : endOf(rest, at)
	return [...rest.slice(0, place), ...taken, ...rest.slice(place)]
}

export type Fault = 'nameless' | 'double'

/** What keeps the tree from being saved, by key. */
export function faultsOf(nodes: Draft[]): Map<number, Fault> {
	const faults = new Map<number, Fault>()
	const names = new Map<string, number>()
	nodes.forEach((node, at) => {
		const parent = parentOf(nodes, at)
		const name = `${parent < 0 ? 0 : nodes[parent]!.key} ${node.name.trim()}`
		if (!node.name.trim()) faults.set(node.key, 'nameless')
		else if (names.has(name)) faults.set(node.key, 'double')
		else names.set(name, node.key)
	})
	return faults
}

/** "1.2.1" of each node. */
export function pathsOf(nodes: Draft[]): string[] {
	const counts: number[] = []
	return nodes.map(node => {
		counts.length = Math.min(counts.length, node.level)
		while (counts.length < node.level) counts.push(0)
		counts[node.level - 1]!++
		return counts.join('.')
	})
}
