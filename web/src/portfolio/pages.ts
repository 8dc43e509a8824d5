/* Pages of this folder: app/page.ts says what a row holds. */
import { TrendCharts } from '@element-plus/icons-vue'
import { label } from '../app/language'
import type { PageEntry } from '../app/page'
import { centre, office } from '../app/roles'

const readers = [...centre, ...office, 'inspector' as const]

export const portfolioPages: PageEntry[] = [
	{ path: '/portfolios/:id(\\d+)', name: 'portfolio', title: label('专利组合', 'Portfolio'), parent: 'records/portfolio', roles: readers,
		replaces: { type: 'portfolio', pages: ['record'] }, component: () => import('./PortfolioPage.vue') },
	{ path: '/layout-plans/:id(\\d+)', name: 'layout-plan', title: label('专利布局', 'Layout plan'), parent: 'records/layout_plan', roles: readers,
		replaces: { type: 'layout_plan', pages: ['record'] }, component: () => import('./LayoutPage.vue') },
	{ path: '/products/:id(\\d+)', name: 'product', title: label('专利产品', 'Product'), parent: 'records/product', roles: readers,
		replaces: { type: 'product', pages: ['record'] }, component: () => import('./ProductPage.vue') },
	{ path: '/income', name: 'income', title: label('运营收入分析', 'Income of deals'), icon: TrendCharts, menu: 'operation', roles: readers,
		component: () => import('./IncomePage.vue') }
]
