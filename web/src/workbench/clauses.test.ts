import { expect, test } from 'vitest'
import type { Clause } from '../api/chain'
import { groupClauses } from './clauses'

const clause = (id: string, part: string, zh: string, ...served: string[]): Clause =>
	({ id, part: { zh: part, en: part }, zh, en: `en ${id}`, served_by: served.map(one => ({ kind: 'record_type', id: one, zh: one, en: one })) })
const all = [clause('1-a', '一', '确定方向', '重点技术领域'), clause('1-c', '一', '建成中心'), clause('2.1-a', '二', '领导机制')]

test('clauses stand in the parts of the policy, with what is served', () => {
	expect(groupClauses(all, '', false).map(one => [one.part.zh, one.served, one.all, one.clauses.length])).toEqual([['一', 1, 2, 2], ['二', 0, 1, 1]])
})

test('words look into clauses and what serves them; counts stay those of the part', () => {
	expect(groupClauses(all, ' 重点', false)).toMatchObject([{ served: 1, all: 2, clauses: [{ id: '1-a' }] }])
	expect(groupClauses(all, '', true).flatMap(one => one.clauses.map(row => row.id))).toEqual(['1-c', '2.1-a'])
	expect(groupClauses(all, 'nowhere', false)).toEqual([])
})
