import { expect, test } from 'vitest'
import { agentText } from './agent'

test('a browser is told by its name, version and system', () => {
	const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36'
	expect(agentText(chrome)).toBe('Chrome 120 · Windows')
	expect(agentText(`${chrome} Edg/121.0.1`)).toBe('Edge 121 · Windows')
	expect(agentText('Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1')).toBe('Safari 17 · iPhone')
})

test('what is not known of stays as it is', () => {
	expect(agentText('yucheng-sync 2')).toBe('yucheng-sync 2')
	expect(agentText(null)).toBe('—')
})
