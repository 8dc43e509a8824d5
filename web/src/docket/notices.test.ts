import { describe, expect, it } from 'vitest'
import { factsOf, notices, noticesFor } from './notices'

const named = (zh: string) => notices.find(notice => notice.zh === zh)!

describe('notices of the office', () => {
	it('are read from the table, each with its names', () => {
		expect(notices.length).toBeGreaterThan(20)
		expect(notices.every(notice => notice.zh && notice.en && /^[iud]+$/.test(notice.types))).toBe(true)
	})
	it('are those of the type of patent', () => {
		expect(noticesFor('utility').some(notice => notice.zh === '第一次审查意见通知书')).toBe(false)
		expect(noticesFor('invention').some(notice => notice.zh === '第一次审查意见通知书')).toBe(true)
	})
	it('ask for what they tell', () => {
		expect(factsOf(named('专利申请受理通知书'))).toEqual(['application_number', 'filed_on'])
		expect(factsOf(named('第一次审查意见通知书'))).toEqual([])
	})
})
