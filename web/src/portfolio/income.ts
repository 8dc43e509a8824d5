/* Income of deals by year and kind: money is summed in whole fen. */
import type { Row } from '../api/records'

export const fenOf = (value: unknown): number => {
	const [whole = '0', part = ''] = String(value ?? '0').replace('-', '').split('.')
	const fen = Number(whole) * 100 + Number(part.padEnd(2, '0').slice(0, 2))
	return String(value).startsWith('-') ? -fen : fen
}

export interface Sums { years: string[], kinds: string[], fen: Map<string, number> }

/** incomes: booked ones; kindOf tells the kind of the deal of an income. */
export function sumIncome(incomes: Row[], kindOf: (income: Row) => string): Sums {
	const fen = new Map<string, number>(), years = new Set<string>(), kinds = new Set<string>()
	for (const income of incomes) {
		const year = String(income.fields.received_on ?? '').slice(0, 4), kind = kindOf(income)
		if (!year) continue
		years.add(year)
		kinds.add(kind)
		fen.set(`${year}/${kind}`, (fen.get(`${year}/${kind}`) ?? 0) + fenOf(income.fields.amount))
	}
	return { years: [...years].sort(), kinds: [...kinds].sort(), fen }
}
