/*
 * What was typed and not yet saved, kept in this browser: a closed window loses nothing. Who logs out
 * takes it away, since the machine may be another's next.
 */
import { session } from '../api/session'

export interface Kept { at: string, version: number, before: Record<string, unknown>, values: Record<string, unknown> }

const prefix = 'yucheng.kept.'
const longest = 14 * 24 * 3600 * 1000

/* '/' ends the login, which may have points: zhang must not take away what zhang.san keeps. */
const prefixOf = (login = '') => `${prefix}${login}/`
const keyOf = (type: string, id: string) => `${prefixOf(session.value?.login)}${session.value?.organisation_id}.${type}.${id}`
const keysFrom = (start: string) => Object.keys(localStorage).filter(key => key.startsWith(start))

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
	for (const key of keysFrom(prefix)) {
		const kept = parse(localStorage.getItem(key))
		if (!kept || now - Date.parse(kept.at) > longest) localStorage.removeItem(key)
	}
}

export const findKept = (type: string, id: string) => parse(localStorage.getItem(keyOf(type, id)))
export const forgetKept = (type: string, id: string) => localStorage.removeItem(keyOf(type, id))

/** How many texts of this person are kept, whichever organisation they belong to. */
export const countKept = () => keysFrom(prefixOf(session.value?.login)).length

export const forgetAllKept = (login: string) => keysFrom(prefixOf(login)).forEach(key => localStorage.removeItem(key))

/** False when the browser has no room or gives none, and when nobody is logged in. */
export function keep(type: string, id: string, kept: Omit<Kept, 'at'>): boolean {
	if (!session.value) return false
	try {
		localStorage.setItem(keyOf(type, id), JSON.stringify({ at: new Date().toISOString(), ...kept }))
		return true
	} catch {
		return false
	}
}
