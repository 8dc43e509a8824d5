/* Record types as the server describes them (record/describe.h). */
import { reactive } from 'vue'
import { get } from './client'
import type { Label } from '../app/language'
import type { RoleName } from './session'

export type FieldKind = 'text' | 'long_text' | 'integer' | 'decimal' | 'money' | 'date' | 'bool' | 'choice' | 'choices' |
	'ref' | 'refs' | 'file' | 'publication' | 'region' | 'organisation' | 'user'

export interface Choice { value: string, label: Label }

export interface Field {
	name: string
	kind: FieldKind
	label: Label
	help?: Label
	section?: Label
	required?: boolean
	unique?: boolean
	listed?: boolean
	fixed?: boolean
	sensitive?: boolean
	searched?: boolean
	computed?: boolean
	choices?: Choice[]
	ref?: string
	min?: number
	max?: number
	scale?: number
}

export interface Transition { name: string, from: string, to: string, label: Label, is_task: boolean, wants_comment: boolean }

export interface Grant { action: string, roles: RoleName[], scope: string, states?: string[], field?: string, hides?: string[] }

export interface Type {
	name: string
	group: string
	clause?: string
	label: Label
	title_field: string
	list_sort: string
	has_attachments: boolean
	states: Choice[]
	fields: Field[]
	transitions: Transition[]
	grants: Grant[]
	may?: { create?: boolean }
}

const state = reactive({ types: null as Type[] | null })
let asked: Promise<Type[]> | null = null

/** Those the person may read; asked for once. */
export function loadTypes(): Promise<Type[]> {
	asked ??= get<{ types: Type[] }>('/types').then(answer => {
		state.types = answer.types
		return answer.types
	}).catch(error => {
		asked = null
		throw error
	})
	return asked
}

export function forgetTypes() {
	asked = null
	state.types = null
}

/** Those already loaded, for menus: empty before. */
export function knownTypes(): Type[] {
	return state.types ?? []
}

export async function findType(name: string): Promise<Type | null> {
	return (await loadTypes()).find(type => type.name === name) ?? null
}

export const groupLabels: Record<string, Label> = {
	people: { zh: '组织与人员', en: 'People' },
	navigation: { zh: '专利导航', en: 'Navigation' },
	cultivation: { zh: '培育布局', en: 'Cultivation' },
	creation: { zh: '创造', en: 'Creation' },
	docket: { zh: '专利事务', en: 'Docket' },
	value: { zh: '价值评估', en: 'Value' },
	operation: { zh: '转化运用', en: 'Operation' },
	protection: { zh: '保护预警', en: 'Protection' },
	talent: { zh: '人才培养', en: 'Talent' },
	management: { zh: '中心管理', en: 'Management' },
	programme: { zh: '项目管理', en: 'Programme' }
}
