/* Pages of this folder: app/page.ts says what a row holds. */
import { Bell, Search } from '@element-plus/icons-vue'
import { label } from '../app/language'
import type { PageEntry } from '../app/page'
import { reading } from '../app/roles'

export const navigatorPages: PageEntry[] = [
	{ path: '/navigator', name: 'navigator', title: label('专利检索', 'Search'), icon: Search, menu: 'navigation', shortcut: 'g s', roles: reading,
		component: () => import('./NavigatorPage.vue') },
	{ path: '/documents/:number', name: 'document', title: label('专利详情', 'Patent'), parent: 'navigator', roles: reading,
		component: () => import('./DocumentPage.vue') },
	{ path: '/watches', name: 'watches', title: label('检索式与监测', 'Queries and watches'), icon: Bell, menu: 'navigation', shortcut: 'g w', roles: reading,
		component: () => import('./WatchPage.vue') }
]
