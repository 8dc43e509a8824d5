import { expect, test } from 'vitest'
import { nextAfterLogin } from './router'

test('a login leads to our own addresses only', () => {
	expect(nextAfterLogin('/records/topic?search=a')).toBe('/records/topic?search=a')
	for (const foreign of ['//other.example/', '/\\other.example', 'https://other.example/', 'javascript:alert(1)', undefined, ['/a']])
		expect(nextAfterLogin(foreign)).toBe('/')
})
