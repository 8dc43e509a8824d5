/* Targets as they are read: values with units, states in words, methods in an address, small curves. */
import type { CentreLine, Indicator, Part, Status, TrendPoint, Unit } from '../api/chain'
import { formatNumber, label, language } from '../app/language'
import type { Label } from '../app/language'

export const statusLabels: Record<Status, Label> = {
	met: label('达标', 'Met'),
	missed: label('未达标', 'Missed'),
	not_computable: label('不可计算', 'Not computable')
}
/** Beside the word, for those who do not tell colours apart. */
export const statusSigns: Record<Status, string> = { met: '✓', missed: '✗', not_computable: '–' }

export const partLabels: Record<Part, Label> = {
	numerator: label('分子', 'Numerator'),
	denominator: label('分母', 'Denominator'),
	excluded: label('未计入', 'Left out')
}
const counted = label('计入', 'Counted')
/** A count is measured by nothing: what makes it is simply counted. */
export const partLabel = (indicator: Pick<Indicator, 'unit'>, part: Part) => part === 'numerator' && indicator.unit === 'count' ? counted : partLabels[part]
export const parts: Part[] = ['numerator', 'denominator', 'excluded']

const round = (value: number, digits: number) => Number(value.toFixed(digits))

/** 0.2247 of a ratio is "22.5%". */
export function valueText(unit: Unit, value: number | null): string {
	if (value === null) return '—'
	switch (unit) {
		case 'ratio': return `${(value * 100).toFixed(1)}%`
		case 'difference': return language.value === 'zh' ? `${(value * 100).toFixed(1)} 个百分点` : `${(value * 100).toFixed(1)} points`
		case 'multiple': return language.value === 'zh' ? `${round(value, 2)} 倍` : `× ${round(value, 2)}`
		default: return formatNumber(round(value, 1))
	}
}

/** A target without digits it does not have: "≥ 20%". */
export function targetText(unit: Unit, target: number | null): string {
	if (target === null) return '—'
	return `≥ ${unit === 'ratio' ? `${round(target * 100, 1)}%` : headText(unit, target)}`
}

/** Alone, as the value of a card: with its unit. */
export function headText(unit: Unit, value: number | null): string {
	const text = valueText(unit, value)
	return unit === 'count' && value !== null && language.value === 'zh' ? `${text} 件` : text
}

/** Numerators may be means: at most one digit. */
export const amountText = (value: number) => formatNumber(round(value, 1))

/** The denominator of a count is 1 and no list. */
export const hasPart = (indicator: Pick<Indicator, 'unit' | 'base_count' | 'excluded_count'>, part: Part) =>
	part === 'denominator' ? indicator.unit !== 'count' || indicator.base_count > 0 : true

export const countOfPart = (indicator: Indicator, part: Part) =>
	({ numerator: indicator.counted_count, denominator: indicator.base_count, excluded: indicator.excluded_count })[part]

/* ---- Methods, as they stand in an address: "T1=mean_yoy,T3=strict". */

export function readMethods(text: string): Record<string, string> {
	return Object.fromEntries(text.split(',').map(one => one.split('=')).filter(([id, method]) => id && method).map(([id, method]) => [id!.trim(), method!.trim()]))
}

export function writeMethods(methods: Record<string, string>): string {
	return Object.entries(methods).filter(([, method]) => method).sort(([one], [other]) => one < other ? -1 : 1).map(([id, method]) => `${id}=${method}`).join(',')
}

/**
 * What to ask so that every indicator has been computed by each of its methods: one text a question; the
 * methods in use are known already.
 */
export function otherMethods(indicators: Pick<Indicator, 'id' | 'method' | 'methods'>[]): string[] {
	const rest = indicators.map(one => ({ id: one.id, methods: one.methods.map(method => method.id).filter(id => id !== one.method) }))
	const rounds = Math.max(0, ...rest.map(one => one.methods.length))
	return Array.from({ length: rounds }, (_, i) => writeMethods(Object.fromEntries(rest.filter(one => one.methods[i]).map(one => [one.id, one.methods[i]!]))))
}

/* ---- Curves. */

export interface Spark { line: string, dots: { x: number, y: number, point: TrendPoint }[], target: number | null }

/** The points of a trend in a box; what is not computable breaks the line. Null: there is nothing to draw. */
export function spark(points: TrendPoint[], target: number | null, width: number, height: number, edge = 5): Spark | null {
	const values = points.flatMap(point => point.value ?? [])
	if (!values.length) return null
	const all = target === null ? values : [...values, target]
	const low = Math.min(...all), high = Math.max(...all)
	const x = (i: number) => points.length === 1 ? width / 2 : edge + i * (width - 2 * edge) / (points.length - 1)
	const y = (value: number) => high === low ? height / 2 : height - edge - (value - low) * (height - 2 * edge) / (high - low)
	let isPen = false
	let line = ''
	const dots: Spark['dots'] = []
	points.forEach((point, i) => {
		if (point.value === null) return void (isPen = false)
		const [px, py] = [round(x(i), 1), round(y(point.value), 1)]
		line += `${isPen ? 'L' : 'M'}${px} ${py}`
		isPen = true
		dots.push({ x: px, y: py, point })
	})
	return { line, dots, target: target === null ? null : round(y(target), 1) }
}

/** The trend with the day itself at its end. */
export const withDay = (indicator: Indicator, day: string): TrendPoint[] =>
	[...indicator.trend.filter(point => point.as_of < day), { as_of: day, value: indicator.value, numerator: indicator.numerator, denominator: indicator.denominator }]

/* ---- Centres in a table. */

export const figureOf = (centre: CentreLine, id: string) => centre.indicators.find(one => one.id === id) ?? null
export const metCount = (centre: CentreLine) => centre.indicators.filter(one => one.status === 'met').length

/** By the name, by how many targets are met, or by one indicator; "-" before it: the largest first. What has no value stands last. */
export function sortCentres(centres: CentreLine[], sort: string): CentreLine[] {
	const isDown = sort.startsWith('-')
	const key = isDown ? sort.slice(1) : sort
	const value = (centre: CentreLine) => key === 'met' ? metCount(centre) : figureOf(centre, key)?.value ?? null
	return [...centres].sort((one, other) => {
		if (key === 'name' || key === '') return (isDown ? -1 : 1) * one.name.localeCompare(other.name, 'zh-CN')
		const [a, b] = [value(one), value(other)]
		if (a === null || b === null) return a === b ? one.id - other.id : a === null ? 1 : -1
		return (isDown ? -1 : 1) * (a - b) || one.id - other.id
	})
}

/** How far the value is on its way to the target, 0 to 4: the shade of a cell. */
export function shadeOf(value: number | null, target: number | null, status: Status): number {
	if (status === 'not_computable' || value === null || !target) return 0
	const way = value / target
	return way >= 1.2 ? 4 : way >= 1 ? 3 : way >= 0.7 ? 2 : 1
}

/* ---- Days. */

export const endOfYear = (day: string, back: number) => `${Number(day.slice(0, 4)) - back}-12-31`

const dayMs = 86_400_000
export const daysBetween = (from: string, until: string) => Math.round((Date.parse(until) - Date.parse(from)) / dayMs)
/** Today where the reader is, as the pickers write days. */
export function today(): string {
	const now = new Date()
	return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10)
}
