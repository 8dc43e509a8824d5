/* Names of the office's notices, from the table the server dockets by. */
import table from '../../../data/notices.csv?raw'

export interface Notice { zh: string, en: string, moves: string, types: string }

const [, ...rows] = table.split('\n').filter(line => line && !line.startsWith('#'))
export const notices: Notice[] = rows.map(row => {
	const [zh = '', en = '', , , types = '', moves = ''] = row.split(',')
	return { zh, en, moves, types }
})

const letters: Record<string, string> = { invention: 'i', utility: 'u', design: 'd' }
/** Those the office sends for a patent of this type. */
export const noticesFor = (type: string) => notices.filter(notice => !letters[type] || notice.types.includes(letters[type]!))

/** The fields a notice of this name is to tell; the others may be filled in too. */
export function factsOf(notice: Notice | null): string[] {
	if (!notice) return []
	const facts: string[] = []
	if (/\baccept\b/.test(notice.moves)) facts.push('application_number', 'filed_on')
	if (/publi/.test(notice.moves) || /公告|公布/.test(notice.zh)) facts.push('publication', 'event_on')
	if (/=/.test(notice.moves)) facts.push('result')
	return facts
}
