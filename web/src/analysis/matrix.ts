/* The cells of a matrix figure in rows and columns. */
import type { Figure, FigureRow } from '../api/analyses'

export type CellKind = 'hot' | 'warm' | 'blank' | 'sparse' | 'empty-by-chance' | 'normal'
export interface Grid { techniques: string[], effects: string[], cells: Map<string, FigureRow>, most: number, sums: { techniques: number[], effects: number[] } }

export const cellKey = (technique: string, effect: string) => JSON.stringify([technique, effect])
export const countOf = (row: FigureRow | undefined) => Number(row?.count ?? 0)

export function gridOf(figure: Figure): Grid {
	const techniques = [...new Set(figure.rows.map(row => String(row.technique)))]
	const effects = [...new Set(figure.rows.map(row => String(row.effect)))]
	const cells = new Map(figure.rows.map(row => [cellKey(String(row.technique), String(row.effect)), row]))
	const at = (technique: string, effect: string) => countOf(cells.get(cellKey(technique, effect)))
	return {
		techniques, effects, cells, most: Math.max(1, ...figure.rows.map(countOf)),
		sums: {
			techniques: techniques.map(technique => effects.reduce((sum, effect) => sum + at(technique, effect), 0)),
			effects: effects.map(effect => techniques.reduce((sum, technique) => sum + at(technique, effect), 0))
		}
	}
}

/** How dark a cell is, 0 to 5: by the square root, since few cells hold most documents. */
export const shade = (count: number, most: number) => count <= 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(count / most) * 5))
