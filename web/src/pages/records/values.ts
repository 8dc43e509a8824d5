/* Values of records as a person reads them, and as forms hold them. */
import { knownTypes } from '../../api/types'
import type { Field, Type } from '../../api/types'
import type { Masked, Reference, Row, StoredFile, Value } from '../../api/records'
import { defineMessages, formatMoney, formatNumber, joinTexts, say } from '../../app/language'
import { countryNames } from '../../components/countries'

const t = defineMessages({ yes: ['是', 'Yes'], no: ['否', 'No'] })

export const isMasked = (value: Value): value is Masked => typeof value === 'object' && value !== null && 'masked' in value

/** The type references of the field lead to; null: it is no reference. */
export function referredType(field: Field): string | null {
	if (field.kind === 'organisation' || field.kind === 'user') return field.kind
	return field.kind === 'ref' || field.kind === 'refs' ? field.ref ?? null : null
}

/* Codes of countries, one or several. */
const ofCountries = new Set(['office', 'countries', 'markets', 'missing'])

const caseState = (state: string) => say(knownTypes().find(type => type.name === 'patent_case')?.states.find(one => one.value === state)?.label) || state

/** Texts that hold codes, in words. */
function codeText(field: Field, value: string): string {
	if (ofCountries.has(field.name)) return countryNames(value)
	return field.name === 'case_state' ? caseState(value) : value
}

function choiceText(field: Field, value: string): string {
	return say(field.choices?.find(choice => choice.value === value)?.label) || value
}

export function valueText(field: Field, value: Value): string {
	if (value === null || value === undefined) return ''
	if (isMasked(value)) return value.masked
	switch (field.kind) {
		case 'bool': return value ? t('yes') : t('no')
		/* years and codes are no amounts */
		case 'integer': return Math.abs(Number(value)) < 10_000 ? String(value) : formatNumber(Number(value))
		case 'money': return formatMoney(String(value))
		case 'choice': return choiceText(field, String(value))
		case 'choices': return joinTexts((value as string[]).map(one => choiceText(field, one)))
		case 'refs': return joinTexts((value as Reference[]).map(one => one.title))
		case 'ref': case 'organisation': case 'user': return (value as Reference).title || `#${(value as Reference).id}`
		case 'file': return (value as StoredFile).name
		case 'text': return codeText(field, String(value))
		default: return String(value)
	}
}

export const isNumeric = (field: Field) => field.kind === 'integer' || field.kind === 'decimal' || field.kind === 'money'

/** What inputs hold: texts, numbers, ids. */
export function toForm(field: Field, value: Value): unknown {
	if (value === null || value === undefined) return field.kind === 'choices' || field.kind === 'refs' ? [] : null
	if (isMasked(value)) return value
	if (field.kind === 'refs') return (value as Reference[]).map(one => one.id)
	if (referredType(field)) return (value as Reference).id
	return field.kind === 'file' ? (value as StoredFile).id : value
}

/** What the server takes: nothing written is null. */
export function toBody(value: unknown): unknown {
	if (typeof value === 'string') return value.trim() === '' ? null : value
	return value === undefined ? null : value
}

export interface Section { label: string, fields: Field[] }

/** Fields in the groups of the form, in the order of the type; those without a group come first. */
export function sections(fields: Field[], first: string): Section[] {
	const made = new Map<string, Section>()
	for (const field of fields) {
		const label = say(field.section) || first
		const section = made.get(label) ?? { label, fields: [] }
		section.fields.push(field)
		made.set(label, section)
	}
	return [...made.values()]
}

/** A form needs this role's permission for the action, in any state: hides only. */
export function mayStart(type: Type): boolean {
	return type.may?.create ?? false
}

export const fieldOf = (type: Type, name: string) => type.fields.find(field => field.name === name) ?? null

export const fieldText = (row: Row, field: Field) => valueText(field, row.fields[field.name] ?? null)
