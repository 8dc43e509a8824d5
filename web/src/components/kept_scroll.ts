/* Where pages and lists were scrolled to, by entry of the window's history: who goes back finds the place again. */
import { onBeforeUnmount, onMounted, watch } from 'vue'
import type { Ref } from 'vue'
import type { Router } from 'vue-router'

const places = new Map<string, number>()
let entry = 0
let isReturn = false
/* Milliseconds what comes from the server may take to fill the page. */
const patience = 6000

const entryNow = () => Number((window.history.state as { position?: number } | null)?.position ?? 0)

/** Tells going back and forth from going on. */
export function watchEntries(router: Router) {
	let isPop = false
	/* told before the router goes there itself */
	router.options.history.listen(() => { isPop = true })
	router.afterEach((to, from, failure) => {
		if (failure) return
		entry = entryNow()
		/* what a page changes of its own address is neither going back nor going on */
		if (to.path !== from.path) isReturn = isPop
		isPop = false
		if (!isReturn) for (const key of places.keys()) if (Number(key.split('/')[0]) > entry) places.delete(key)
	})
}

/** Scrolls the element to where it was, as soon as it is that long; a hand of the person's comes first. */
function restore(element: HTMLElement, top: number): () => void {
	const until = Date.now() + patience
	let timer = 0
	const stop = () => {
		clearTimeout(timer)
		for (const name of ['wheel', 'pointerdown', 'keydown']) element.removeEventListener(name, stop)
	}
	const step = () => {
		element.scrollTop = top
		if (Math.abs(element.scrollTop - top) > 1 && Date.now() < until) timer = window.setTimeout(step, 60)
		else stop()
	}
	for (const name of ['wheel', 'pointerdown', 'keydown']) element.addEventListener(name, stop, { passive: true })
	step()
	return stop
}

/** A list that comes and goes with its page. */
export function useKeptScroll(name: string, element: Ref<HTMLElement | null>) {
	const key = `${entry}/${name}`
	let stop = () => undefined as void
	const keep = () => { if (element.value) places.set(key, element.value.scrollTop) }
	watch(element, (now, before) => {
		before?.removeEventListener('scroll', keep)
		now?.addEventListener('scroll', keep, { passive: true })
	})
	onMounted(() => {
		element.value?.addEventListener('scroll', keep, { passive: true })
		const top = isReturn ? places.get(key) : undefined
		if (element.value && top) stop = restore(element.value, top)
	})
	onBeforeUnmount(() => stop())
}

/** The frame of all pages, which stays while they change. */
export function useKeptPages(router: Router, element: Ref<HTMLElement | null>) {
	const keyOf = () => `${entry}/page`
	let stop = () => undefined as void
	const forget = [
		router.beforeEach((to, from) => { if (to.path !== from.path) stop() }),
		router.afterEach((to, from, failure) => {
			if (failure || !element.value || to.path === from.path) return
			const top = isReturn ? places.get(keyOf()) ?? 0 : 0
			stop = restore(element.value, top)
		})
	]
	const keep = () => { if (element.value) places.set(keyOf(), element.value.scrollTop) }
	onMounted(() => element.value?.addEventListener('scroll', keep, { passive: true }))
	onBeforeUnmount(() => {
		stop()
		forget.forEach(one => one())
	})
}
