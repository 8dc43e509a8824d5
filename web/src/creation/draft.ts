/* The text of a draft with its findings: which characters to mark, the tree of its claims, waivers. */
import type { DraftClaim, Finding, Severity } from '../api/creation'

export const severities: Severity[] = ['E', 'W', 'I']

/** A run of a paragraph; findings: places in the list given. */
export interface Run { text: string, findings: number[] }

/**
 * The paragraph that begins at `start` of its part, cut where findings begin and end. A finding without
 * an extent marks the character it stands at.
 */
export function runsOf(text: string, start: number, findings: { start: number, end: number, at: number }[]): Run[] {
	const runes = [...text]
	const within = findings.map(one => ({ at: one.at, from: Math.max(0, one.start - start), to: Math.min(runes.length, Math.max(one.end, one.start + 1) - start) }))
		.filter(one => one.from < one.to && one.from < runes.length)
	const cuts = [...new Set([0, runes.length, ...within.flatMap(one => [one.from, one.to])])].sort((one, other) => one - other)
	return cuts.slice(0, -1).map((from, i) => ({ text: runes.slice(from, cuts[i + 1]).join(''), findings: within.filter(one => one.from <= from && one.to > from).map(one => one.at) }))
}

export function worst(list: { severity: Severity }[]): Severity | null {
	return severities.find(severity => list.some(one => one.severity === severity)) ?? null
}

/* ---- The tree of the claims. */

export interface TreeNode { claim: DraftClaim, depth: number, row: number, parent: DraftClaim | null, others: DraftClaim[] }
export interface Tree { nodes: TreeNode[], rows: number, depth: number }

/** Leaves take a row each, a claim stands in the middle of those below it; circles and forward references end at the root. */
export function treeOf(claims: DraftClaim[]): Tree {
	const before = new Map<number, DraftClaim>()
	const below = new Map<DraftClaim, DraftClaim[]>()
	const parents = new Map<DraftClaim, DraftClaim[]>()
	const roots: DraftClaim[] = []
	for (const claim of claims) {
		const known = claim.parents.flatMap(number => before.get(number) ?? [])
		parents.set(claim, known)
		if (known[0]) below.set(known[0], [...(below.get(known[0]) ?? []), claim])
		else roots.push(claim)
		if (!before.has(claim.number)) before.set(claim.number, claim)
	}
	const nodes: TreeNode[] = []
	let rows = 0, deepest = 0
	const place = (claim: DraftClaim, depth: number): number => {
		const known = parents.get(claim)!
		const node: TreeNode = { claim, depth, row: 0, parent: known[0] ?? null, others: known.slice(1) }
		nodes.push(node)
		deepest = Math.max(deepest, depth)
		const children = (below.get(claim) ?? []).map(child => place(child, depth + 1))
		node.row = children.length ? (children[0]! + children[children.length - 1]!) / 2 : rows++
		return node.row
	}
	roots.forEach(claim => place(claim, 0))
	return { nodes, rows, depth: deepest }
}

/** What a claim adds, in a few characters: behind 其特征在于, without the words every claim has. */
export function gist(claim: DraftClaim, most: number): string {
	const behind = claim.text.split(/其特征在于|其特征是|characterised in that|characterized in that/i)
	const text = (claim.independent ? claim.subject || claim.text : behind[1] ?? claim.text).replace(/^[\s,，:：。]+/, '').replace(/\s+/g, ' ')
	const runes = [...text]
	return runes.length > most ? `${runes.slice(0, most - 1).join('')}…` : text
}

/* ---- Waivers: a line each, "RULE[:CLAIM]=reason；who agreed". */

export interface Waiver { rule: string, claim: number | null, reason: string, by: string }

export function readWaivers(text: string | null | undefined): Waiver[] {
	return (text ?? '').split('\n').flatMap(line => {
		const [, rule, claim, rest] = line.trim().match(/^([A-Za-z0-9_-]+)(?::(\d+))?\s*=\s*(.*)$/) ?? []
		if (!rule || rest === undefined) return []
		const at = rest.indexOf('；')
		return [{ rule, claim: claim ? Number(claim) : null, reason: (at < 0 ? rest : rest.slice(0, at)).trim(), by: at < 0 ? '' : rest.slice(at + 1).trim() }]
	})
}

const plain = (text: string) => text.replace(/\s+/g, ' ').replace(/；/g, '，').trim()

export function writeWaivers(waivers: Waiver[]): string | null {
	return waivers.map(one => `${one.rule}${one.claim === null ? '' : `:${one.claim}`}=${plain(one.reason)}；${plain(one.by)}`).join('\n') || null
}

export function waiverOf(waivers: Waiver[], finding: Pick<Finding, 'rule' | 'claim'>): Waiver | null {
	return waivers.find(one => one.rule === finding.rule && (one.claim === null || one.claim === finding.claim)) ?? null
}
