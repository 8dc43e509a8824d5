import { afterEach, expect, test } from 'vitest'
import { defineMessages, formatMoney, say, setLanguage } from './language'

afterEach(() => setLanguage('zh'))

test('texts follow the language and take values', () => {
	const t = defineMessages({ rows: ['共 {0} 行，{1} 处错误', '{1} errors in {0} rows'] })
	expect(t('rows', 3, 1)).toBe('共 3 行，1 处错误')
	setLanguage('en')
	expect(t('rows', 3, 1)).toBe('1 errors in 3 rows')
	expect(say({ zh: '有', en: '' })).toBe('有')
})

test('money is written exactly', () => {
	expect(formatMoney('9007199254740993.1')).toBe('9,007,199,254,740,993.10')
	expect(formatMoney('-1234')).toBe('-1,234.00')
	expect(formatMoney('0.05')).toBe('0.05')
})
