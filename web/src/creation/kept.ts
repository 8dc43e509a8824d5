/* What was typed and not yet saved, kept in this browser: a closed window loses nothing. */
import { session } from '../api/session'

export interface Kept { at: string, version: number, before: Record<string, unknown>, values: Record<string, unknown> }

const prefix = 'yucheng.kept.'
const longest = 14 * 24 * 3600 * 1000

const keyOf = (type: string, id: string) => `${prefix}${session.value?.login}.${session.value?.organisation_id}.${type}.${id}`

function parse(text: string | null): Kept | null {
	try {
		const kept = JSON.parse(text ?? 'null') as Kept | null
		return kept && typeof kept.values === 'object' && typeof kept.at === 'string' ? kept : null
	} catch {
		return null
	}
}

/** Texts of two weeks ago are nobody's any more. */
export function sweepKept(now = Date.now()) {
	for (const key of Object.keys(localStorage).filter(one => one.startsWith(prefix))) {
		const kept = parse(localStorage.getItem(key))
		if (!kept || now - Date.parse(kept.at) > longest) localStorage.removeItem(key)
	}
}

export const findKept = (type: string, id: string) => parse(localStorage.getItem(keyOf(type, id)))
export const forgetKept = (type: string, id: string) => localStorage.removeItem(keyOf(type, id))

/** False when the browser has no room or gives none. */
export function keep(type: string, id: string, kept: Omit<Kept, 'at'>): boolean {
	try {
		localStorage.setItem(keyOf(type, id), JSON.stringify({ at: new Date().toISOString(), ...kept }))
		return true
	} catch {
		return false
	}
}
