import type { EChartsCoreOption } from 'echarts/core'

export interface Look {
	palette: string[]
	ink: string
	soft: string
	rule: string
	pale: string
	ground: string
	heat: string[]
	hot: string
	blank: string
	greyed: string
	tail: string
	thin: string
	behind: string
	link: string
	onHeat: string
	onMark: string
}

/** A figure as the shapes read it: rows as arrays. */
export interface ShapedFigure { id: string, shape: string }

export interface Mark { componentType?: string, dataIndex?: number, data?: unknown }

export interface Shapes {
	read(figure: unknown): ShapedFigure
	has(shape: string): boolean
	plan(figure: ShapedFigure, width: number, height?: number): { height: number, option: EChartsCoreOption }
	/** The row of the figure's JSON a click meant. */
	rowOf(figure: ShapedFigure, event: Mark): Record<string, unknown> | null
	show(column: { kind: string }, value: unknown): string
}

export const paper: Look
export function makeShapes(look: Look, font: string, language: 'zh' | 'en'): Shapes
