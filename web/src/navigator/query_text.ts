/* The text of a query as the page works with it: conditions put in and taken out, what is being typed
   at the caret. The server alone knows the grammar; here only brackets, quotes and AND are seen. */
import type { Marks, QueryField } from '../api/search'
import { say } from '../app/language'

/** Index of the character that begins at a byte of the UTF-8 text. */
export function indexOfByte(text: string, byte: number): number {
	let bytes = 0
	let index = 0
	for (const sign of text) {
		if (bytes >= byte) break
		const code = sign.codePointAt(0)!
		bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
		index += sign.length
	}
	return index
}

export interface Piece { text: string, isMarked: boolean }

/** The text cut at its marks, which are byte ranges. */
export function cutMarks(text: string, marks: Marks): Piece[] {
	if (!marks.length) return [{ text, isMarked: false }]
	const bytes = new TextEncoder().encode(text)
	const decoder = new TextDecoder()
	const pieces: Piece[] = []
	let at = 0
	for (const [from, to] of marks) {
		if (from > at) pieces.push({ text: decoder.decode(bytes.subarray(at, from)), isMarked: false })
		pieces.push({ text: decoder.decode(bytes.subarray(from, to)), isMarked: true })
		at = to
	}
	if (at < bytes.length) pieces.push({ text: decoder.decode(bytes.subarray(at)), isMarked: false })
	return pieces
}

/** Where the place of a fault ends: a word, or one sign. */
export function endOfFault(text: string, at: number): number {
	const word = /^[^\s()（）[\]"“”=<>:＝：,，;；]+/.exec(text.slice(at))
	return Math.min(text.length, at + (word ? word[0].length : 1))
}

/* ---- Conditions joined by AND at the top of a query. */

export interface Condition { text: string, isExcluded: boolean }

/** The parts joined by AND and AND NOT outside of brackets and quotes; null when OR stands among them. */
export function splitConditions(text: string): Condition[] | null {
	const parts: Condition[] = []
	let depth = 0
	let isQuoted = false
	let from = 0
	let isExcluded = false
	const take = (to: number) => {
		const part = text.slice(from, to).trim()
		if (part) parts.push({ text: part, isExcluded })
	}
	for (let i = 0; i < text.length; i++) {
		const sign = text[i]!
		if (sign === '\\') i++
		else if (sign === '"') isQuoted = !isQuoted
		else if (isQuoted) continue
		else if ('([（'.includes(sign)) depth++
		else if (')]）'.includes(sign)) depth--
		else if (depth === 0 && /\s/.test(sign)) {
			const word = /^\s+(AND\s+NOT|ANDNOT|NOT|AND|OR)(?=[\s(])/i.exec(text.slice(i))
			if (!word) continue
			if (/^OR$/i.test(word[1]!)) return null
			take(i)
			isExcluded = /NOT/i.test(word[1]!)
			i += word[0].length - 1
			from = i + 1
		}
	}
	take(text.length)
	return parts
}

export function joinConditions(parts: Condition[]): string {
	return parts.map((part, i) => (i === 0 ? (part.isExcluded ? 'NOT ' : '') : part.isExcluded ? ' NOT ' : ' AND ') + part.text).join('')
}

const clause = /^([A-Za-z_]+)\s*(==|>=|<=|=|>|<)\s*(.+)$/s

const named = /^##?("[^"]+"|[^\s()]+)$/

/** Whether a part is shown as a chip: one clause of one field, or a name. */
export function isClause(text: string): boolean {
	return clause.test(text) || named.test(text)
}

/** The query with one more condition; one that was there comes out of its other form. */
export function addCondition(query: string, drill: string, isExcluded = false): string {
	const text = query.trim()
	const one = splitConditions(drill)?.length === 1 ? drill : `(${drill})`
	if (!text) return isExcluded ? `NOT ${one}` : one
	const parts = splitConditions(text)
	if (!parts || /[,;，；、]|\|/.test(stripQuoted(text))) return `(${text})${isExcluded ? ' NOT ' : ' AND '}${one}`
	return joinConditions([...parts.filter(part => part.text !== one), { text: one, isExcluded }])
}

/* Signs that mean OR count outside of brackets and quotes only. */
function stripQuoted(text: string): string {
	let plain = text.replace(/"[^"]*"/g, '')
	for (let before = ''; before !== plain;) {
		before = plain
		plain = plain.replace(/\([^()]*\)|\[[^[\]]*\]/g, '')
	}
	return plain
}

export function removeCondition(query: string, at: number): string {
	const parts = splitConditions(query.trim()) ?? []
	const left = parts.filter((_, i) => i !== at)
	const only = left.length === 1 && !left[0]!.isExcluded ? /^\((.*)\)$/s.exec(left[0]!.text)?.[1] : undefined
	return only && isBalanced(only) ? only : joinConditions(left)
}

function isBalanced(text: string): boolean {
	let depth = 0
	for (const sign of text) {
		if (sign === '(') depth++
		if (sign === ')' && --depth < 0) return false
	}
	return depth === 0
}

/** "申请人：示例大学" for PA==(示例大学). */
export function nameCondition(text: string, fields: QueryField[]): { field: string, value: string } {
	const found = clause.exec(text)
	const field = found && fields.find(one => one.code === found[1]!.toUpperCase())
	if (!found || !field) return { field: '', value: text }
	const value = found[3]!.replace(/^\((.*)\)$/s, '$1').replace(/^"(.*)"$/s, '$1')
	const choice = field.choices.find(one => one.value === value)
	const relation = found[2]!.replace('==', '=').replace('=', '')
	return { field: say(field.label), value: `${found[2]!.startsWith('>') || found[2]!.startsWith('<') ? relation.replace('>', found[2]!.includes('=') ? '≥ ' : '> ')
		.replace('<', found[2]!.includes('=') ? '≤ ' : '< ') : ''}${choice ? say(choice.label) : value}` }
}

/* ---- What is being typed. */

export interface Typing {
	kind: 'value' | 'field' | 'name' | 'operator' | 'none'
	/** What will be replaced: from there to the caret. */
	from: number
	text: string
	field?: QueryField
}

const plainName = (name: string) => name.toUpperCase().replace(/[-._\s]/g, '')

export function findField(name: string, fields: QueryField[]): QueryField | undefined {
	const wanted = plainName(name)
	return fields.find(field => plainName(field.code) === wanted || plainName(field.label.zh) === wanted || field.names.some(one => plainName(one) === wanted))
}

/** What stands before the caret, as far as something can be proposed for it. */
export function lookAtCaret(text: string, caret: number, fields: QueryField[]): Typing {
	const before = text.slice(0, caret)
	const value = /([A-Za-z_\u4e00-\u9fff.\-]+(?:[（(][^（()）]*[)）][A-Za-z\u4e00-\u9fff]*)?)\s*[=:＝：]{1,2}\s*(?:[(（]((?:[^()（）"]|"[^"]*"?)*)|("?)([^\s()（）"]*))$/.exec(before)
	const field = value && findField(value[1]!, fields)
	if (value && field) {
		const inside = value[2]
		const typed = inside === undefined ? (value[3] ?? '') + (value[4] ?? '') : inside.split(/\s(?:OR|AND|NOT)\s|[,，;；、]/i).pop()!
		const clean = typed.replace(/^\s+/, '')
		return { kind: 'value', from: caret - clean.length, text: clean.replace(/["“”]/g, '').trim(), field }
	}
	const named = /#([^\s()]*)$/.exec(before)
	if (named) return { kind: 'name', from: caret - named[0].length, text: named[1]! }
	const operator = /\$[A-Za-z]*$/.exec(before)
	if (operator) return { kind: 'operator', from: caret - operator[0].length, text: operator[0] }
	const word = /[^\s()（）="“”[\],，;；、]+$/.exec(before)
	return word ? { kind: 'field', from: caret - word[0].length, text: word[0] } : { kind: 'none', from: caret, text: '' }
}

/** Fields whose code or a name begins with what was typed; the codes first. */
export function matchFields(typed: string, fields: QueryField[]): QueryField[] {
	const wanted = plainName(typed)
	if (!wanted) return []
	const rank = (field: QueryField) => {
		if (plainName(field.code) === wanted || field.names.some(name => plainName(name) === wanted)) return 0
		if (plainName(field.code).startsWith(wanted)) return 1
		if (plainName(field.label.zh).startsWith(wanted) || plainName(field.label.en).startsWith(wanted)) return 2
		return field.names.some(name => plainName(name).startsWith(wanted)) ? 3 : 9
	}
	return fields.map(field => ({ field, rank: rank(field) })).filter(one => one.rank < 9).sort((a, b) => a.rank - b.rank).map(one => one.field)
}
