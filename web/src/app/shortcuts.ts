/* Keys that work everywhere but in an input. */
import { router } from './router'
import { pages } from './pages'
import { hasRole } from '../api/session'

const handlers: Partial<Record<string, () => void>> = {}

/** "/" or "?" or "g h"; gives the function that takes it away again. */
export function onShortcut(keys: string, handler: () => void): () => void {
	handlers[keys] = handler
	return () => { if (handlers[keys] === handler) delete handlers[keys] }
}

let first = ''
let firstAt = 0

function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

function open(keys: string): boolean {
	const page = pages.find(one => one.shortcut === keys && (!one.roles || hasRole(...one.roles)))
	if (page) void router.push({ name: page.name })
	return !!page
}

export function startShortcuts() {
	document.addEventListener('keydown', event => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return
		if (document.querySelector('.el-overlay:not([style*="display: none"])')) return
		const keys = first && event.timeStamp - firstAt < 1200 ? `${first} ${event.key}` : event.key
		first = event.key === 'g' && keys === 'g' ? 'g' : ''
		firstAt = event.timeStamp
		const handler = handlers[keys]
		if (handler) handler()
		if (handler || open(keys)) event.preventDefault()
	})
}
