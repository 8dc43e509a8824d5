/*
 * Two who change one record: what each changed is kept; a field both changed is a conflict the person
 * decides. Values are compared as the server takes them.
 */
export interface Conflict { field: string, before: unknown, mine: unknown, theirs: unknown }
export interface Merged {
	/** What the form holds now: mine, where I changed it. */
	values: Record<string, unknown>
	conflicts: Conflict[]
	/** Fields only the other one changed. */
	taken: string[]
}

const normal = (value: unknown) => JSON.stringify(value === undefined || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && !value.length) ? null : value)
export const isSame = (one: unknown, other: unknown) => normal(one) === normal(other)

export function changedFields(before: Record<string, unknown>, now: Record<string, unknown>): string[] {
	return Object.keys(now).filter(field => !isSame(before[field], now[field]))
}

export function merge(before: Record<string, unknown>, mine: Record<string, unknown>, theirs: Record<string, unknown>): Merged {
	const merged: Merged = { values: {}, conflicts: [], taken: [] }
	for (const field of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
		const isMine = field in mine && !isSame(before[field], mine[field]), isTheirs = !isSame(before[field], theirs[field])
		merged.values[field] = isMine ? mine[field] : theirs[field]
		if (isMine && isTheirs && !isSame(mine[field], theirs[field])) merged.conflicts.push({ field, before: before[field], mine: mine[field], theirs: theirs[field] })
		else if (isTheirs && !isMine) merged.taken.push(field)
	}
	return merged
}

/** The middle in which two texts differ, as [start, end of one, end of the other]; whole characters. */
export function difference(one: string, other: string): [number, number, number] {
	const a = [...one], b = [...other]
	let start = 0, end = 0
	while (start < a.length && start < b.length && a[start] === b[start]) start++
	while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
	const size = (list: string[]) => list.join('').length
	return [size(a.slice(0, start)), size(a.slice(0, a.length - end)), size(b.slice(0, b.length - end))]
}
