import { expect, test } from 'vitest'
import type { CentreLine, Indicator } from '../api/chain'
import { otherMethods, readMethods, shadeOf, sortCentres, spark, targetText, valueText, withDay, writeMethods } from './figures'

test('values are read with their units', () => {
	expect(valueText('ratio', 0.22474)).toBe('22.5%')
	expect(valueText('count', 11)).toBe('11')
	expect(valueText('multiple', 1.234)).toBe('1.23 倍')
	expect(valueText('ratio', null)).toBe('—')
	expect(targetText('ratio', 0.65)).toBe('≥ 65%')
	expect(targetText('count', 10)).toBe('≥ 10 件')
})

test('methods survive the address', () => {
	expect(readMethods('T1=mean_yoy,T3=strict')).toEqual({ T1: 'mean_yoy', T3: 'strict' })
	expect(readMethods('')).toEqual({})
	expect(readMethods('T1,=x')).toEqual({})
	expect(writeMethods({ T3: 'strict', T2: '', T1: 'cagr' })).toBe('T1=cagr,T3=strict')
})

test('every method is asked for once', () => {
	const indicator = (id: string, method: string, all: string[]) => ({ id, method, methods: all.map(one => ({ id: one, zh: one, en: one })) })
	expect(otherMethods([indicator('T1', 'b', ['a', 'b', 'c']), indicator('T4', 'x', ['x', 'y']), indicator('T5', 'z', ['z'])])).toEqual(['T1=a,T4=y', 'T1=c'])
	expect(otherMethods([])).toEqual([])
})

const point = (as_of: string, value: number | null) => ({ as_of, value, numerator: 0, denominator: 0 })

test('a curve breaks where nothing could be computed', () => {
	const curve = spark([point('2021-12-31', 0), point('2022-12-31', null), point('2023-12-31', 1), point('2024-12-31', 1)], 0.5, 110, 30)!
	expect(curve.line).toBe('M5 25M71.7 5L105 5')
	expect(curve.dots.map(dot => dot.point.as_of)).toEqual(['2021-12-31', '2023-12-31', '2024-12-31'])
	expect(curve.target).toBe(15)
	expect(spark([point('2021-12-31', null)], 0.2, 110, 30)).toBeNull()
	expect(spark([point('2021-12-31', 2)], null, 110, 30)!.dots[0]).toMatchObject({ x: 55, y: 15 })
})

test('the day itself ends the trend, once', () => {
	const indicator = { value: 3, numerator: 3, denominator: 1, trend: [point('2023-12-31', 1), point('2024-12-31', 2)] } as Indicator
	expect(withDay(indicator, '2025-06-30').map(one => one.value)).toEqual([1, 2, 3])
	expect(withDay(indicator, '2024-12-31').map(one => one.value)).toEqual([1, 3])
})

test('centres are sorted by what a column shows; those without a value come last both ways', () => {
	const centre = (id: number, name: string, value: number | null, status: 'met' | 'missed' | 'not_computable'): CentreLine =>
		({ id, name, indicators: [{ id: 'T1', value, status, target: 0.2 }] })
	const all = [centre(1, '乙', 0.1, 'missed'), centre(2, '甲', null, 'not_computable'), centre(3, '丙', 0.3, 'met')]
	expect(sortCentres(all, 'T1').map(one => one.id)).toEqual([1, 3, 2])
	expect(sortCentres(all, '-T1').map(one => one.id)).toEqual([3, 1, 2])
	expect(sortCentres(all, '-met').map(one => one.id)).toEqual([3, 1, 2])
	expect(sortCentres(all, 'name').map(one => one.name)).toEqual(['丙', '甲', '乙'])
	expect(all.map(one => one.id)).toEqual([1, 2, 3])
})

test('cells are shaded by the way to the target', () => {
	expect([0.1, 0.15, 0.2, 0.3].map(value => shadeOf(value, 0.2, value < 0.2 ? 'missed' : 'met'))).toEqual([1, 2, 3, 4])
	expect(shadeOf(null, 0.2, 'not_computable')).toBe(0)
	expect(shadeOf(0, 0.2, 'missed')).toBe(1)
})
