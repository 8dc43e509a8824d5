/* Pages of this folder: app/page.ts says what a row holds. */
import { Aim, Checked } from '@element-plus/icons-vue'
import { label } from '../app/language'
import type { PageEntry } from '../app/page'
import { figures } from '../app/roles'

export const workbenchPages: PageEntry[] = [
	{ path: '/indicators', name: 'indicators', title: label('目标指标', 'Targets'), icon: Aim, menu: 'work', shortcut: 'g k', roles: figures,
		component: () => import('./IndicatorsPage.vue') },
	{ path: '/indicators/:id(T\\d)/records', name: 'indicator-records', title: label('指标名单', 'Records of a target'), parent: 'indicators', roles: figures,
		component: () => import('./IndicatorRecordsPage.vue') },
	{ path: '/workbench/:stage([a-z_]+)', name: 'stage-records', title: label('培育链条', 'The chain'), parent: 'home', component: () => import('./StageRecordsPage.vue') },
	{ path: '/clauses', name: 'clauses', title: label('政策条款对照', 'Clauses of the policy'), icon: Checked, menu: 'work', roles: figures, component: () => import('./ClausesPage.vue') }
]
