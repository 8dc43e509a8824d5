/*
 * How a part adds its pages: a folder with pages.ts that exports rows of this form, and one line in
 * app/pages.ts. Nothing else of the application changes.
 */
import type { Component } from 'vue'
import type { Label } from './language'
import type { RoleName } from '../api/session'

/** The groups of the menu: work, those of record types (api/types.ts), administration. */
export type MenuGroup = 'work' | 'navigation' | 'cultivation' | 'creation' | 'docket' | 'value' | 'operation' | 'protection' | 'talent' | 'management' | 'programme' | 'people' | 'administration'

export interface PageEntry {
	/** "/navigator/:number?": of the address, with vue-router's parameters; they come as props. */
	path: string
	/** Unique; for links by name. */
	name: string
	/** In the menu and as the window's title; a page that knows better calls setTitle (app/title.ts). */
	title: Label
	/** Loaded when first opened. */
	component: () => Promise<unknown>
	/** Where in the menu; left out: not in the menu. */
	menu?: MenuGroup
	icon?: Component
	/** Who is shown it; left out: everybody who is logged in. */
	roles?: RoleName[]
	/** Entry of the menu that stands for this page, when it has none itself. */
	parent?: string
	/** "g n": keys that open it. */
	shortcut?: string
	/** Opened, for those of its roles, instead of these pages of a record type; `?view=fields` opens the page itself. */
	replaces?: { type: string, pages: ('record' | 'record-new' | 'record-edit')[] }
}
