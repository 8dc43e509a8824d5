/** Brings the element into sight within what scrolls around it, and moves nothing else of the frame. */
export function scrollTo(element: Element | null, place: 'centre' | 'start' | 'nearest' = 'centre') {
	let box = element?.parentElement ?? null
	while (box && !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement
	if (!element || !box) return
	const inner = element.getBoundingClientRect(), outer = box.getBoundingClientRect()
	const above = inner.top - outer.top, below = inner.bottom - outer.top - box.clientHeight
	if (place === 'nearest' && above >= 0 && below <= 0) return
	const by = place === 'start' ? above - 8 : place === 'nearest' ? (above < 0 ? above : below) : above - Math.max(0, (box.clientHeight - inner.height) / 2)
	box.scrollBy({ top: by, behavior: 'auto' })
}
