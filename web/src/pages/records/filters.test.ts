import { expect, test } from 'vitest'
import { parseFilters, writeFilters } from './filters'

test('filters survive the address, whatever stands in their values', () => {
	const filters = [
		{ field: 'state', operator: '=', value: 'running' },
		{ field: 'title', operator: 'contains', value: '冷却; A:B \\ C' },
		{ field: 'due_on', operator: 'empty', value: '' }
	]
	expect(writeFilters(filters)).toBe('state:=:running;title:contains:冷却\\; A:B \\\\ C;due_on:empty')
	expect(parseFilters(writeFilters(filters))).toEqual(filters)
	expect(parseFilters('')).toEqual([])
})
