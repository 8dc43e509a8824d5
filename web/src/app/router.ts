/* Addresses, and who is led elsewhere: to the login, to the first password. */
import { createRouter, createWebHistory } from 'vue-router'
import type { RouteLocationNormalized, RouteLocationRaw, RouteRecordRaw } from 'vue-router'
import { hasRole, isUnsettled, session } from '../api/session'
import { watchEntries } from '../components/kept_scroll'
import { say } from './language'
import type { PageEntry } from './page'
import { pages } from './pages'
import { setTitle } from './title'

declare module 'vue-router' {
	interface RouteMeta { page?: PageEntry, isPublic?: boolean, isOutside?: boolean }
}

const routes: RouteRecordRaw[] = [
	...pages.map(page => ({ path: page.path, name: page.name, component: page.component, props: true, meta: { page } }) as RouteRecordRaw),
	{ path: '/login', name: 'login', component: () => import('../pages/LoginPage.vue'), meta: { isPublic: true, isOutside: true } },
	{ path: '/first-steps', name: 'first-steps', component: () => import('../pages/FirstStepsPage.vue'), meta: { isOutside: true } },
	{ path: '/:rest(.*)*', name: 'not-found', component: () => import('../pages/NotFoundPage.vue') }
]

export const router = createRouter({
	history: createWebHistory(),
	routes,
	scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 })
})

/* The page made for a type, instead of the one all records have. */
function ownPage(to: RouteLocationNormalized): RouteLocationRaw | null {
	const page = to.query.view === 'fields' ? undefined : pages.find(one => one.replaces?.type === to.params.type &&
		one.replaces?.pages.some(name => name === to.name) && (!one.roles || hasRole(...one.roles)))
	return page ? { name: page.name, params: to.params.id ? { id: to.params.id } : {}, query: to.query, hash: to.hash } : null
}

/* Addresses of our own only: a link must not lead a fresh login elsewhere. */
export function nextAfterLogin(next: unknown): string {
	return typeof next === 'string' && /^\/(?!\/|\\)/.test(next) ? next : '/'
}

watchEntries(router)

router.beforeEach(to => {
	if (!session.value) return to.meta.isPublic ? true : { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
	if (isUnsettled.value && to.name !== 'first-steps') return { name: 'first-steps', query: { next: to.fullPath } }
	if (!isUnsettled.value && (to.name === 'first-steps' || to.name === 'login')) return nextAfterLogin(to.query.next)
	const roles = to.meta.page?.roles
	if (roles && !hasRole(...roles)) return { name: 'not-found', params: { rest: to.path.slice(1).split('/') }, query: { why: 'role' } }
	return ownPage(to) ?? true
})

router.afterEach(to => {
	if (to.meta.page) setTitle(say(to.meta.page.title))
})

/* A page of an older build is gone after an update: the address is loaded anew, once. */
router.onError((error, to) => {
	const key = 'yucheng.reloaded'
	if (!/dynamically imported module|module script failed/i.test(String(error)) || sessionStorage.getItem(key) === to.fullPath) return
	sessionStorage.setItem(key, to.fullPath)
	location.assign(to.fullPath)
})
