import { expect, test } from 'vitest'
import type { DraftClaim } from '../api/creation'
import { gist, readWaivers, runsOf, treeOf, waiverOf, worst, writeWaivers } from './draft'

const claim = (number: number, parents: number[] = [], text = ''): DraftClaim =>
	({ number, parents, text, independent: !parents.length, category: 'product', subject: '装置', start: 0, end: 0 })

test('findings that overlap cut a paragraph into runs of whole characters', () => {
	const runs = runsOf('所述𠀀液冷板。', 100, [{ start: 100, end: 103, at: 0 }, { start: 102, end: 104, at: 1 }, { start: 90, end: 99, at: 2 }])
	expect(runs).toEqual([
		{ text: '所述', findings: [0] }, { text: '𠀀', findings: [0, 1] }, { text: '液', findings: [1] }, { text: '冷板。', findings: [] }
	])
	expect(runs.map(run => run.text).join('')).toBe('所述𠀀液冷板。')
	expect(runsOf('甲乙', 0, [{ start: 1, end: 1, at: 4 }])).toEqual([{ text: '甲', findings: [] }, { text: '乙', findings: [4] }])
	expect(runsOf('', 0, [])).toEqual([])
})

test('a claim stands in the middle of those below it, with its first reference as parent', () => {
	const tree = treeOf([claim(1), claim(2, [1]), claim(3, [1, 2]), claim(4, [3]), claim(5)])
	expect(tree.nodes.map(node => [node.claim.number, node.depth, node.row])).toEqual([[1, 0, 0.5], [2, 1, 0], [3, 1, 1], [4, 2, 1], [5, 0, 2]])
	expect(tree.nodes[2]!.others.map(one => one.number)).toEqual([2])
	expect([tree.rows, tree.depth]).toEqual([3, 2])
})

test('claims that refer to themselves, forward or nowhere hang at the root', () => {
	const tree = treeOf([claim(1, [2]), claim(2, [1]), claim(3, [3]), claim(4, [9])])
	expect(tree.nodes.filter(node => !node.depth).map(node => node.claim.number)).toEqual([1, 3, 4])
	expect(tree.nodes).toHaveLength(4)
})

test('what a claim adds stands behind 其特征在于', () => {
	expect(gist(claim(2, [1], '根据权利要求1所述的装置，其特征在于，所述板为铝板。'), 6)).toBe('所述板为铝…')
	expect(gist(claim(1, [], '一种装置'), 10)).toBe('装置')
})

test('waivers are lines; one without a claim holds for all', () => {
	const waivers = readWaivers('C11:3=术语一致；李四\n坏的一行\nD01 = 附图另交；张三')
	expect(waivers).toEqual([{ rule: 'C11', claim: 3, reason: '术语一致', by: '李四' }, { rule: 'D01', claim: null, reason: '附图另交', by: '张三' }])
	expect(writeWaivers(waivers)).toBe('C11:3=术语一致；李四\nD01=附图另交；张三')
	expect(writeWaivers([{ rule: 'C11', claim: null, reason: '甲；\n乙', by: '李四' }])).toBe('C11=甲， 乙；李四')
	expect(waiverOf(waivers, { rule: 'C11', claim: 2 })).toBeNull()
	expect(waiverOf(waivers, { rule: 'D01', claim: 7 })?.by).toBe('张三')
})

test('errors are worse than warnings', () => {
	expect(worst([{ severity: 'I' }, { severity: 'W' }])).toBe('W')
	expect(worst([])).toBeNull()
})
