/* Pages of this folder and of topics/: app/page.ts says what a row holds. */
import { Collection, Connection, DataAnalysis, Grid, Notebook } from '@element-plus/icons-vue'
import type { PageEntry } from '../app/page'
import { label } from '../app/language'
import { reading, working } from '../app/roles'

/* Experts read documents and figures, but no records of topics. */
const gathering = [...working, 'inspector' as const]

export const analysisPages: PageEntry[] = [
	{ path: '/topics', name: 'topics', title: label('专题数据库', 'Topics'), icon: Collection, menu: 'navigation', shortcut: 'g t', roles: gathering,
		component: () => import('../topics/TopicList.vue') },
	{ path: '/topics/:id(\\d+)', name: 'topic', title: label('专题', 'Topic'), parent: 'topics', roles: gathering, component: () => import('../topics/TopicPage.vue') },
	{ path: '/topics/:id(\\d+)/trees/:kind(technology|effect)', name: 'topic-tree', title: label('分解表', 'Tree'), parent: 'topics', roles: gathering,
		component: () => import('../topics/TreePage.vue') },
	{ path: '/board', name: 'board', title: label('分析看板', 'Analysis board'), icon: DataAnalysis, menu: 'navigation', shortcut: 'g b', roles: reading,
		component: () => import('./BoardPage.vue') },
	{ path: '/matrix', name: 'matrix', title: label('技术功效矩阵', 'Matrix'), icon: Grid, menu: 'navigation', shortcut: 'g m', roles: reading,
		component: () => import('./MatrixPage.vue') },
	{ path: '/networks', name: 'networks', title: label('网络与地图', 'Networks and map'), icon: Connection, menu: 'navigation', roles: reading,
		component: () => import('./NetworkPage.vue') },
	{ path: '/reports', name: 'reports', title: label('导航报告', 'Reports'), icon: Notebook, menu: 'navigation', shortcut: 'g r', roles: reading,
		component: () => import('./ReportPage.vue') }
]
