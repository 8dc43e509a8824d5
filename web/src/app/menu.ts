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

export interface MenuRow { key: string, label: Label, to: RouteLocationRaw, icon?: Component, shortcut?: string }
export interface MenuSection { key: string, label: Label, icon: Component, rows: MenuRow[] }

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

function pageRows(group: MenuGroup): MenuRow[] {
	return pages.filter(page => page.menu === group && (!page.roles || hasRole(...page.roles)))
		.map((page: PageEntry) => ({ key: page.name, label: page.title, to: { name: page.name }, icon: page.icon, shortcut: page.shortcut }))
}

function typeRows(group: string): MenuRow[] {
	return knownTypes().filter(type => type.group === group && !insideOthers.has(type.name))
		.map(type => ({ key: `records/${type.name}`, label: type.label, to: { name: 'records', params: { type: type.name } } }))
}

export const menu = computed<MenuSection[]>(() => [
	{ key: 'work', label: sectionLabels.work, icon: Briefcase, rows: pageRows('work') },
	{ key: 'navigation', label: sectionLabels.navigation, icon: Compass, rows: [...pageRows('navigation'), ...typeRows('navigation')] },
	...Object.keys(groupLabels).filter(group => group !== 'navigation' && group !== 'people')
		.map(group => ({ key: group, label: groupLabels[group]!, icon: groupIcons[group] ?? Document, rows: [...pageRows(group as MenuGroup), ...typeRows(group)] })),
	{ key: 'people', label: groupLabels.people!, icon: OfficeBuilding, rows: typeRows('people') },
	{ key: 'administration', label: sectionLabels.administration, icon: Setting, rows: pageRows('administration') }
].filter(section => section.rows.length > 0))
