/* How complete a disclosure is, by the server's parts, while it is being written. */
import type { Part } from '../api/creation'

export interface Missing { part: Part, fields: string[] }
export interface Completeness {
	percent: number
	/** Mandatory ones first. */
	missing: Missing[]
	mandatoryCount: number
}

function isThere(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0
	return typeof value === 'string' ? value.trim() !== '' : value !== null && value !== undefined
}

export function completeness(parts: Part[], values: Record<string, unknown>): Completeness {
	let percent = 0
	const missing: Missing[] = []
	for (const part of parts) {
		const fields = part.when && values[part.when] !== true ? [] : part.fields.filter(field => !isThere(values[field]))
		if (fields.length) missing.push({ part, fields })
		else percent += part.weight
	}
	missing.sort((one, other) => Number(other.part.is_mandatory) - Number(one.part.is_mandatory))
	return { percent, missing, mandatoryCount: missing.filter(one => one.part.is_mandatory).length }
}
