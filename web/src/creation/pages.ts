/* Pages of this folder: app/page.ts says what a row holds. */
import { DataAnalysis } from '@element-plus/icons-vue'
import { label } from '../app/language'
import type { PageEntry } from '../app/page'
import { centre } from '../app/roles'

export const creationPages: PageEntry[] = [
	{ path: '/disclosures/new', name: 'disclosure-new', title: label('新建技术交底书', 'New disclosure'), parent: 'records/disclosure', roles: ['ip_manager', 'researcher'],
		replaces: { type: 'disclosure', pages: ['record-new'] }, component: () => import('./DisclosurePage.vue') },
	{ path: '/disclosures/:id(\\d+)', name: 'disclosure', title: label('技术交底书', 'Disclosure'), parent: 'records/disclosure', roles: [...centre, 'agency'],
		replaces: { type: 'disclosure', pages: ['record', 'record-edit'] }, component: () => import('./DisclosurePage.vue') },
	{ path: '/disclosures/:id(\\d+)/evaluation', name: 'disclosure-evaluation', title: label('评估汇总', 'Summary of the evaluation'), parent: 'evaluations', roles: centre,
		component: () => import('./RoundPage.vue') },
	{ path: '/evaluations', name: 'evaluations', title: label('评估工作台', 'Evaluation desk'), icon: DataAnalysis, menu: 'creation', shortcut: 'g e', roles: centre,
		component: () => import('./DeskPage.vue') },
	{ path: '/evaluations/:id(\\d+)', name: 'evaluation', title: label('申请前评估', 'Evaluation before filing'), parent: 'evaluations', roles: centre,
		replaces: { type: 'evaluation', pages: ['record', 'record-edit'] }, component: () => import('./SheetPage.vue') },
	{ path: '/drafts/:id(\\d+)', name: 'draft', title: label('撰写稿', 'Draft'), parent: 'records/draft', roles: [...centre, 'agency'],
		replaces: { type: 'draft', pages: ['record'] }, component: () => import('./DraftPage.vue') }
]
