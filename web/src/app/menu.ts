/* What stands in the menu for the person who is logged in. */
import { computed } from 'vue'
import type { Component } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import { Briefcase, Collection, Compass, Coin, DataLine, Document, EditPen, Files, Medal, OfficeBuilding, Promotion, Setting, Umbrella } from '@element-plus/icons-vue'
import { hasRole } from '../api/session'
import { groupLabels, knownTypes } from '../api/types'
import type { Label } from './language'
import { label } from './language'
import type { MenuGroup, PageEntry } from './page'
import { pages } from './pages'
import { leadingGroups } from './starts'

export interface MenuRow { key: string, label: Label, to: RouteLocationRaw, icon?: Component, shortcut?: string }
export interface MenuSection {
	key: string
	label: Label
	icon: Component
	rows: MenuRow[]
	/** Open until the person folds it. */
	isLeading: boolean
}

const sectionLabels = {
	work: label('工作', 'Work'),
	navigation: label('专利导航', 'Navigation'),
	administration: label('系统管理', 'Administration')
}

const groupIcons: Record<string, Component> = {
	people: OfficeBuilding, navigation: Compass, cultivation: DataLine, creation: EditPen, docket: Files, value: Medal,
	operation: Coin, protection: Umbrella, talent: Collection, management: Briefcase, programme: Promotion
}

/* Kept by other pages: nobody looks for them in a menu. */
const insideOthers = new Set(['topic', 'topic_node', 'saved_query', 'watch'])

/* In the order of the work; what is not named stands after them. */
const order = ['home', 'indicators', 'clauses', 'jobs',
	'records/disclosure', 'evaluations', 'records/evaluation', 'records/draft', 'records/quality_check',
	'records/patent_case', 'calendar', 'records/notice', 'records/deadline', 'records/fee', 'fee-plan', 'records/case_update', 'scorecard',
	'records/grading', 'records/high_value_mark', 'records/standard_patent', 'records/award',
	'records/product', 'records/product_year', 'records/deal', 'records/deal_income', 'income']
const place = (row: MenuRow) => order.includes(row.key) ? order.indexOf(row.key) : order.length

/* Lists that would begin with what was done years ago. */
const unfinished: Record<string, string> = { deadline: 'state:in:open,acknowledged,deletion', fee: 'state:in:planned,approved' }

function pageRows(group: MenuGroup): MenuRow[] {
	return pages.filter(page => page.menu === group && (!page.roles || hasRole(...page.roles)))
		.map((page: PageEntry) => ({ key: page.name, label: page.title, to: { name: page.name }, icon: page.icon, shortcut: page.shortcut }))
}

function typeRows(group: string): MenuRow[] {
	return knownTypes().filter(type => type.group === group && !insideOthers.has(type.name)).map(type => ({
		key: `records/${type.name}`,
		label: type.label,
		to: { name: 'records', params: { type: type.name }, query: unfinished[type.name] ? { filter: unfinished[type.name] } : {} }
	}))
}

const groups: { key: MenuGroup, label: Label, icon: Component }[] = [
	{ key: 'work', label: sectionLabels.work, icon: Briefcase },
	...Object.keys(groupLabels).filter(key => key !== 'people').map(key => ({ key: key as MenuGroup, label: groupLabels[key]!, icon: groupIcons[key] ?? Document })),
	{ key: 'people', label: groupLabels.people!, icon: OfficeBuilding },
	{ key: 'administration', label: sectionLabels.administration, icon: Setting }
]

export const menu = computed<MenuSection[]>(() => {
	const leading = ['work', ...leadingGroups()]
	const rank = (key: string) => leading.includes(key) ? leading.indexOf(key) : leading.length
	return groups.map(group => ({ ...group, isLeading: leading.includes(group.key),
		rows: [...pageRows(group.key as MenuGroup), ...typeRows(group.key)].sort((a, b) => place(a) - place(b)) }))
		.filter(section => section.rows.length > 0)
		.sort((a, b) => rank(a.key) - rank(b.key))
})
