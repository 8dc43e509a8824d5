import { expect, test } from 'vitest'
import { countName, csvOf, readCount } from '../api/analyses'
import type { Analysis, Figure, FigureRow } from '../api/analyses'
import { grouped, joinQueries, queryOf, topicWord } from './figures'
import { cellKey, countOf, gridOf, shade } from './matrix'

const figure = (rows: FigureRow[], query = 'ALL'): Figure => ({ figure: 'matrix', title: '', method: '', shape: 'heat', unit: 'application', query, as_of: '2026-01-01', documents: 10, left_out: 0,
	columns: [], notes: [], rows, parts: [] })

test('conditions are joined so that each holds as a whole', () => {
	expect(joinQueries('', 'ALL', undefined)).toBe('')
	expect(joinQueries('A OR B')).toBe('A OR B')
	expect(joinQueries(topicWord('电池"库'), 'A OR B', 'AD=2020')).toBe('#"电池库" AND (A OR B) AND (AD=2020)')
})

test('a row without documents opens nothing', () => {
	expect(queryOf(figure([]), { _drill: 'AN=甲' })).toBe('AN=甲')
	expect(queryOf(figure([], 'TA=电'), { _drill: 'AN=甲' })).toBe('(TA=电) AND (AN=甲)')
	expect(queryOf(figure([]), {})).toBeNull()
})

test('every analysis has its place, unknown ones too', () => {
	const one = (name: string): Analysis => ({ name, label: name, shape: 'bars', needs: [] })
	const groups = grouped([one('new_one'), one('matrix'), one('type')])
	expect(groups.map(group => [group.name, group.figures.map(each => each.name)])).toEqual([['trend', ['type']], ['branches', ['matrix']], ['others', ['new_one']]])
})

test('a matrix has all cells, sums and shades', () => {
	const grid = gridOf(figure([{ technique: 'a', effect: 'x', count: 9 }, { technique: 'a', effect: 'y', count: 0 }, { technique: 'b', effect: 'y', count: 1 }]))
	expect([grid.techniques, grid.effects]).toEqual([['a', 'b'], ['x', 'y']])
	expect(grid.sums).toEqual({ techniques: [9, 1], effects: [9, 1] })
	expect(countOf(grid.cells.get(cellKey('b', 'x')))).toBe(0)
	expect([shade(0, 9), shade(1, 900), shade(9, 9)]).toEqual([0, 1, 5])
})

test('counts are named by what they count by, and leave as CSV without formulas', () => {
	expect(readCount(countName(['year', 'type'], 'documents'))).toEqual({ by: ['year', 'type'], measure: 'documents' })
	expect(readCount(countName(['province'], 'mean_claims'))).toEqual({ by: ['province'], measure: 'mean_claims' })
	const given = { ...figure([{ name: '=1+1', count: -3 }, { name: 'a,"b"', count: null }]), columns: [{ name: 'name', label: '名称', kind: 'text' as const }, { name: 'count', label: '数量', kind: 'count' as const }] }
	expect(csvOf(given)).toBe('名称,数量\r\n\'=1+1,-3\r\n"a,""b""",\r\n')
})
