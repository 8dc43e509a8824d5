/* All pages. A part's pages stand in its folder; here one line each. */
import { Document, House, List, User } from '@element-plus/icons-vue'
import { adminPages } from '../admin/pages'
import { analysisPages } from '../analysis/pages'
import { creationPages } from '../creation/pages'
import { docketPages } from '../docket/pages'
import { importPages } from '../imports/pages'
import { navigatorPages } from '../navigator/pages'
import { portfolioPages } from '../portfolio/pages'
import type { PageEntry } from './page'
import { workbenchPages } from '../workbench/pages'
import { label } from './language'
import { reading } from './roles'

const ownPages: PageEntry[] = [
	{ path: '/', name: 'home', title: label('工作台', 'Workbench'), icon: House, menu: 'work', shortcut: 'g h',
		component: () => import('../pages/HomePage.vue') },
	{ path: '/jobs', name: 'jobs', title: label('后台任务', 'Jobs'), icon: List, menu: 'work', shortcut: 'g j', roles: reading,
		component: () => import('../pages/JobsPage.vue') },
	{ path: '/profile', name: 'profile', title: label('个人设置', 'Profile'), icon: User, component: () => import('../pages/ProfilePage.vue') },
	{ path: '/notifications', name: 'notices', title: label('通知', 'Notices'), component: () => import('../pages/NoticesPage.vue') },
	{ path: '/help', name: 'help', title: label('使用帮助', 'Help'), icon: Document, component: () => import('../pages/HelpPage.vue') },
	{ path: '/records/:type', name: 'records', title: label('记录', 'Records'), component: () => import('../pages/records/RecordList.vue') },
	{ path: '/records/:type/new', name: 'record-new', title: label('新增', 'New'), parent: 'records',
		component: () => import('../pages/records/RecordForm.vue') },
	{ path: '/records/:type/:id(\\d+)', name: 'record', title: label('详情', 'Record'), parent: 'records',
		component: () => import('../pages/records/RecordDetail.vue') },
	{ path: '/records/:type/:id(\\d+)/edit', name: 'record-edit', title: label('编辑', 'Edit'), parent: 'records',
		component: () => import('../pages/records/RecordForm.vue') }
]

export const pages: PageEntry[] = [...ownPages, ...workbenchPages, ...navigatorPages, ...analysisPages, ...creationPages, ...docketPages, ...portfolioPages, ...importPages, ...adminPages]
