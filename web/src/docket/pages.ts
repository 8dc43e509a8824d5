/* Pages of this folder: app/page.ts says what a row holds. */
import { Calendar, Coin, Files } from '@element-plus/icons-vue'
import { label } from '../app/language'
import type { PageEntry } from '../app/page'
import { working } from '../app/roles'

export const docketPages: PageEntry[] = [
	{ path: '/calendar', name: 'calendar', title: label('期限日历', 'Calendar'), icon: Calendar, menu: 'docket', shortcut: 'g c', roles: working,
		component: () => import('./CalendarPage.vue') },
	{ path: '/fee-plan', name: 'fee-plan', title: label('费用计划', 'Fee plan'), icon: Coin, menu: 'docket', shortcut: 'g f', roles: working,
		component: () => import('./FeePlanPage.vue') },
	{ path: '/cases/:id(\\d+)', name: 'case', title: label('专利案件', 'Patent case'), parent: 'records/patent_case', roles: [...working, 'inspector'],
		replaces: { type: 'patent_case', pages: ['record'] }, component: () => import('./CasePage.vue') },
	{ path: '/agencies', name: 'scorecard', title: label('代理质量', 'Agencies'), icon: Files, menu: 'docket', roles: [...working, 'inspector'],
		component: () => import('./ScorecardPage.vue') }
]
