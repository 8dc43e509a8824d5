/* Clauses in the parts of the policy, narrowed by words. */
import type { Clause } from '../api/chain'
import type { Label } from '../app/language'

export interface ClauseGroup { part: Label, clauses: Clause[], served: number, all: number }

const has = (text: Label, words: string) => text.zh.toLowerCase().includes(words) || text.en.toLowerCase().includes(words)

/** Counts are of the whole part, whatever is shown of it; a part without anything to show is left out. */
export function groupClauses(clauses: Clause[], words: string, onlyEmpty: boolean): ClauseGroup[] {
	const wanted = words.trim().toLowerCase()
	const groups = new Map<string, ClauseGroup>()
	for (const clause of clauses) {
		const group = groups.get(clause.part.zh) ?? { part: clause.part, clauses: [], served: 0, all: 0 }
		groups.set(clause.part.zh, group)
		group.all++
		if (clause.served_by.length) group.served++
		if (onlyEmpty && clause.served_by.length) continue
		if (!wanted || clause.id.includes(wanted) || has(clause, wanted) || clause.served_by.some(one => has(one, wanted))) group.clauses.push(clause)
	}
	return [...groups.values()].filter(group => group.clauses.length > 0)
}
