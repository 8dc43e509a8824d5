import { expect, test } from 'vitest'
import { toneOf } from './state_tones'

test('a name means what the type means by it', () => {
	expect(toneOf('annual_task', 'done')).toBe('waits')
	expect(toneOf('finding', 'done')).toBe('good')
	expect(toneOf('patent_case', 'accepted')).toBe('waits')
	expect(toneOf('case_update', 'accepted')).toBe('good')
	expect(toneOf('fee', 'approved')).toBe('waits')
	expect(toneOf('grading', 'approved')).toBe('good')
})

test('drafts and ends that are no failure have no colour', () => {
	expect(toneOf('deal', 'draft')).toBe('plain')
	expect(toneOf('annual_task', 'cancelled')).toBe('plain')
	expect(toneOf('unknown', 'unheard_of')).toBe('plain')
})
