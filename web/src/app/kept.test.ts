import { beforeEach, expect, test } from 'vitest'
import { forgetAllKept, keep, sweepKept } from './kept'

beforeEach(() => localStorage.clear())

test('logging out takes away what the person kept, in all organisations, and nobody else\'s', () => {
	for (const key of ['zhang/3.disclosure.7', 'zhang/4.evaluation.new', 'zhang.san/3.disclosure.7', 'li/3.disclosure.7']) localStorage.setItem(`yucheng.kept.${key}`, '{}')
	localStorage.setItem('yucheng.language', 'zh')
	forgetAllKept('zhang')
	expect(Object.keys(localStorage).sort()).toEqual(['yucheng.kept.li/3.disclosure.7', 'yucheng.kept.zhang.san/3.disclosure.7', 'yucheng.language'])
})

test('texts older than two weeks and unreadable ones are swept away', () => {
	const text = (at: string) => JSON.stringify({ at, version: 1, before: {}, values: {} })
	localStorage.setItem('yucheng.kept.li/3.disclosure.1', text('2026-11-01T00:00:00Z'))
	localStorage.setItem('yucheng.kept.li/3.disclosure.2', text('2026-11-20T00:00:00Z'))
	localStorage.setItem('yucheng.kept.li/3.disclosure.3', '{"at"')
	sweepKept(Date.parse('2026-11-23T00:00:00Z'))
	expect(Object.keys(localStorage)).toEqual(['yucheng.kept.li/3.disclosure.2'])
})

test('nothing is kept for nobody', () => {
	expect(keep('disclosure', '1', { version: 1, before: {}, values: {} })).toBe(false)
	expect(Object.keys(localStorage)).toEqual([])
})
