import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Row } from '../api/records'
import type { Field, Type } from '../api/types'
import UpdatePanel from './UpdatePanel.vue'

const field = (name: string, zh: string): Field => ({ name, kind: 'text', label: { zh, en: name } })
const type = (name: string, fields: Field[]): Type => ({ name, group: 'docket', label: { zh: name, en: name }, title_field: 'title', list_sort: '', has_attachments: false, states: [], fields, transitions: [], grants: [] })
const updateType = type('case_update', ['event', 'kind', 'old_value', 'new_value', 'goal', 'publication', 'happened_on'].map(name => field(name, name)))
const caseType = type('patent_case', [field('granted_on', '授权公告日')])
const update = (fields: Row['fields']): Row => ({ type: 'case_update', id: 1, version: 1, state: 'proposed', title: '', organisation: null, created_by: null, created_at: '', updated_by: null, updated_at: '', fields,
	steps: [{ name: 'accept', label: { zh: '接受并更新案件', en: 'Accept' }, to: 'accepted', wants_comment: false }, { name: 'reject', label: { zh: '拒绝', en: 'Reject' }, to: 'rejected', wants_comment: true }] })
const show = (fields: Row['fields']) => mount(UpdatePanel, { props: { updates: [update(fields)], type: updateType, caseType } })

describe('proposals of imports', () => {
	it('show the field, the present value, the new one and where it comes from', () => {
		const text = show({ field: 'granted_on', old_value: null, new_value: '2026-10-12', goal: 'in_force', publication: 'CN1B', happened_on: '2026-10-12', event: '授权' }).text()
		expect(text).toContain('授权公告日')
		expect(text).toMatch(/（空）\s*→\s*2026-10-12/)
		expect(text).toContain('CN1B · 2026-10-12 · 授权')
		expect(text).toContain('接受后案件状态：in_force')
	})
	it('offer both answers', () => {
		const buttons = show({ field: 'granted_on', old_value: '2026-01-01', new_value: '2026-10-12' }).findAll('button').map(button => button.text())
		expect(buttons).toEqual(['接受并更新案件', '拒绝'])
	})
	it('say of an event that changes nothing that it is to be known only', () => {
		const text = show({ field: null, event: '质押登记', happened_on: '2026-03-01' }).text()
		expect(text).toContain('质押登记')
		expect(text).toContain('仅提示')
		expect(text).not.toContain('→')
	})
})
