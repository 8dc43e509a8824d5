import { expect, test } from 'vitest'
import { equalShares, readShares, shareFault, sumShares, withNames, writeShares } from './shares'

test('texts of any separators are read, and written back as one', () => {
	const shares = readShares('张三：60.5%，李四 30、王五（外单位） 9.5\n')
	expect(shares).toEqual([{ name: '张三', percent: '60.5' }, { name: '李四', percent: '30' }, { name: '王五（外单位）', percent: '9.5' }])
	expect(writeShares(shares)).toBe('张三 60.5；李四 30；王五（外单位） 9.5')
	expect(sumShares(shares)).toBe(100)
	expect(shareFault(shares)).toBeNull()
	expect(readShares(null)).toEqual([])
	expect(readShares('赵六')).toEqual([{ name: '赵六', percent: '' }])
})

test('what does not sum to 100, is no number or stands twice is told', () => {
	expect(shareFault(readShares('张三 60；李四 39.99'))).toBe('sum')
	expect(shareFault([{ name: '张三', percent: '60' }, { name: '张三', percent: '40' }])).toBe('twice')
	expect(shareFault([{ name: '张三', percent: '0' }, { name: '李四', percent: '100' }])).toBe('unreadable')
	expect(shareFault([{ name: '', percent: '100' }])).toBe('unreadable')
	expect(shareFault([{ name: '张三', percent: '100' }, { name: '李四', percent: '' }])).toBe('missing')
	expect(shareFault([{ name: '张三', percent: '' }])).toBeNull()
})

test('the inventors chosen have rows; people outside keep theirs', () => {
	expect(withNames(readShares('外 20；李四 80'), ['张三', '李四'])).toEqual([{ name: '张三', percent: '' }, { name: '李四', percent: '80' }, { name: '外', percent: '20' }])
})

test('equal shares of three sum to 100', () => {
	const shares = equalShares(readShares('甲；乙；丙'))
	expect(shares.map(share => share.percent)).toEqual(['34', '33', '33'])
	expect(equalShares([])).toEqual([])
})
