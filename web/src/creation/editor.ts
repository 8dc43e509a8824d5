/*
 * A record being written for long: what was typed is kept in the browser at once, and another's change
 * is merged into it, never over it.
 */
import { computed, onBeforeUnmount, onMounted, reactive, ref, shallowRef, watch } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { asProblem } from '../api/problem'
import { createRecord, getRecord, updateRecord } from '../api/records'
import type { Row } from '../api/records'
import { session } from '../api/session'
import type { Field, Type } from '../api/types'
import { findKept, forgetKept, keep, sweepKept } from '../app/kept'
import type { Kept } from '../app/kept'
import { defineMessages, say } from '../app/language'
import { confirm, notifyDone } from '../components/notify'
import { toBody, toForm } from '../pages/records/values'
import { changedFields, merge } from './merge'
import type { Conflict } from './merge'

type Values = Record<string, unknown>

const t = defineMessages({
	saved: ['已保存', 'Saved'],
	needed: ['该项必填', 'This is needed'],
	leave: ['有未保存的修改。内容已留存在本浏览器，下次打开可以恢复。确定离开吗？', 'There are unsaved changes. They are kept in this browser and can be taken up again. Leave?'],
	leaveTitle: ['未保存', 'Not saved'],
	leaveAction: ['离开', 'Leave'],
	decide: ['请先处理与他人修改冲突的 {0} 项内容', 'Decide first about the {0} fields somebody else changed too'],
	merged: ['{0} 刚修改了其他内容，已合并后保存', '{0} changed other parts meanwhile; both are saved']
})

/* One value of the form; not what the type computes, not files. */
export const editableFields = (type: Type, isNew: boolean): Field[] =>
	type.fields.filter(field => !field.computed && field.kind !== 'file' && (isNew || !field.fixed))

/** Ctrl+S (or ⌘S) anywhere on the page. */
export function onSaveKey(save: () => void) {
	const press = (event: KeyboardEvent) => {
		if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return
		event.preventDefault()
		if (!document.querySelector('.el-overlay:not([style*="display: none"])')) save()
	}
	onMounted(() => window.addEventListener('keydown', press))
	onBeforeUnmount(() => window.removeEventListener('keydown', press))
}

export function useEditor(typeName: string) {
	const form = reactive<Values>({})
	const failures = reactive<Record<string, string>>({})
	const row = shallowRef<Row | null>(null)
	const conflicts = ref<Conflict[]>([])
	const offered = shallowRef<Kept | null>(null)
	const general = ref('')
	const isSaving = ref(false)
	/** When the browser last kept what is not saved; empty: it could not. */
	const keptAt = ref('')
	const before = shallowRef<Values>({})
	let type: Type | null = null
	let timer = 0

	const bodies = (values: Values): Values => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toBody(value)]))
	const changed = computed(() => changedFields(bodies(before.value), bodies(form)))
	const isDirty = computed(() => changed.value.length > 0)
	const key = () => row.value ? String(row.value.id) : 'new'
	const storedValues = (found: Row): Values => Object.fromEntries(editableFields(type!, false).map(field => [field.name, toForm(field, found.fields[field.name] ?? null)]))

	function fill(values: Values) {
		for (const name of Object.keys(form)) if (!(name in values)) delete form[name]
		Object.assign(form, values)
	}

	function offer() {
		sweepKept()
		const kept = findKept(typeName, key())
		offered.value = kept && changedFields(kept.before, kept.values).length ? kept : null
	}

	function start(given: Type, found: Row | null, values: Values = {}) {
		type = given
		row.value = found
		before.value = found ? storedValues(found) : Object.fromEntries(editableFields(given, true).map(field => [field.name, toForm(field, null)]))
		fill({ ...before.value, ...values })
		conflicts.value = []
		offer()
	}

	/** The newest of the server below what was typed. */
	function take(found: Row): string[] {
		const theirs = storedValues(found)
		const merged = merge(bodies(before.value), bodies(form), bodies(theirs))
		const fields = new Map(editableFields(type!, false).map(field => [field.name, field]))
		fill(Object.fromEntries(Object.keys(theirs).map(name => {
			const isMine = merged.conflicts.some(one => one.field === name) || !merged.taken.includes(name)
			return [name, isMine && name in form ? form[name] : toForm(fields.get(name)!, found.fields[name] ?? null)]
		})))
		const open = new Map([...conflicts.value, ...merged.conflicts].map(one => [one.field, one]))
		conflicts.value = [...open.values()]
		before.value = theirs
		row.value = found
		return merged.taken
	}

	const refresh = async () => { if (row.value) take(await getRecord(typeName, row.value.id)) }

	function restore() {
		const kept = offered.value!
		const theirs = { ...before.value }
		const merged = merge(bodies(kept.before), bodies(kept.values), bodies(theirs))
		const mine = new Set([...changedFields(bodies(kept.before), bodies(kept.values))])
		fill(Object.fromEntries(Object.keys(theirs).map(name => [name, mine.has(name) ? kept.values[name] : theirs[name]])))
		conflicts.value = merged.conflicts
		offered.value = null
	}

	function discard() {
		forgetKept(typeName, key())
		offered.value = null
	}

	function resolve(field: string, value: unknown) {
		form[field] = value
		conflicts.value = conflicts.value.filter(one => one.field !== field)
	}

	function fail(error: unknown) {
		const problem = asProblem(error)
		for (const one of problem.errors) if (one.field in form) failures[one.field] = say(one.message)
		if (problem.field && problem.field in form) failures[problem.field] ??= problem.text
		general.value = problem.errors.filter(one => !(one.field in form)).map(one => say(one.message)).join('；') || (Object.keys(failures).length ? '' : problem.text)
	}

	function check(): boolean {
		for (const name of Object.keys(failures)) delete failures[name]
		general.value = ''
		for (const field of editableFields(type!, !row.value)) {
			const value = toBody(form[field.name])
			if (field.required && (value === null || (Array.isArray(value) && !value.length))) failures[field.name] = t('needed')
		}
		if (conflicts.value.length) general.value = t('decide', conflicts.value.length)
		return !Object.keys(failures).length && !conflicts.value.length
	}

	let sent: Values = {}
	async function send(): Promise<Row> {
		const values = sent = bodies(form)
		if (!row.value) return createRecord(typeName, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)))
		return updateRecord(typeName, row.value.id, row.value.version, Object.fromEntries(changed.value.map(name => [name, values[name]])))
	}

	/* Once more when another changed other fields only. */
	async function sendMerged(): Promise<Row | null> {
		try {
			return await send()
		} catch (error) {
			if (asProblem(error).status !== 409 || !row.value) throw error
			await refresh()
			if (conflicts.value.length) {
				general.value = t('decide', conflicts.value.length)
				return null
			}
			const who = row.value.updated_by?.name ?? ''
			const saved = isDirty.value ? await send() : row.value
			notifyDone(t('merged', who))
			return saved
		}
	}

	/* What was typed while the answer was on its way stays, to be saved next. */
	function takeSaved(saved: Row) {
		const stored = storedValues(saved)
		const typed = new Set(changedFields(sent, bodies(form)))
		row.value = saved
		before.value = stored
		fill(Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, typed.has(name) ? form[name] : value])))
	}

	/** The record as saved; null: something is to be mended first. */
	async function save(): Promise<Row | null> {
		if (isSaving.value || !check()) return null
		if (row.value && !isDirty.value) return row.value
		isSaving.value = true
		const keptAs = key()
		try {
			const saved = await sendMerged()
			if (!saved) return null
			forgetKept(typeName, keptAs)
			keptAt.value = ''
			takeSaved(saved)
			notifyDone(t('saved'))
			return saved
		} catch (error) {
			fail(error)
			return null
		} finally {
			isSaving.value = false
		}
	}

	function keepNow() {
		window.clearTimeout(timer)
		if (!type || offered.value) return
		if (!isDirty.value) {
			forgetKept(typeName, key())
			keptAt.value = ''
		} else {
			const isKept = keep(typeName, key(), { version: row.value?.version ?? 0, before: before.value, values: { ...form } })
			keptAt.value = isKept ? new Date().toISOString() : ''
		}
	}

	watch(form, () => {
		window.clearTimeout(timer)
		timer = window.setTimeout(keepNow, 400)
	}, { deep: true })

	const warn = (event: BeforeUnloadEvent) => {
		keepNow()
		if (isDirty.value) event.preventDefault()
	}
	onMounted(() => window.addEventListener('beforeunload', warn))
	onBeforeUnmount(() => {
		window.removeEventListener('beforeunload', warn)
		window.clearTimeout(timer)
	})
	onBeforeRouteLeave(() => {
		if (!session.value) return true /* logged out, and asked there */
		keepNow()
		return !isDirty.value || confirm(t('leave'), { title: t('leaveTitle'), action: t('leaveAction'), isDangerous: true })
	})

	return { form, failures, row, conflicts, offered, general, isSaving, keptAt, isDirty, start, take, refresh, restore, discard, resolve, save }
}
