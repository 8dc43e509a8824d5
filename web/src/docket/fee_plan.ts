/* Fees to come, summed for a chart and a table: whole fen, so that no sum loses one. */
import type { Decision, PlannedFee } from '../api/docket'
import type { Label } from '../app/language'
import { label } from '../app/language'

export type Stack = 'kind' | 'grade' | 'decision'

export const feeKindLabels: Record<string, Label> = { annuity: label('年费', 'Annuities'), act: label('办理费用', 'Fees of acts') }
export const decisionLabels: Record<Decision, Label> = {
	approved: label('已批准', 'Approved'), planned: label('待批准', 'To be approved'), keep: label('按分级维持', 'Kept by its grade'),
	decide: label('需逐年评议', 'To be decided each year'), ungraded: label('未分级', 'Not graded')
}
export const gradeNames = ['S', 'A', 'B', 'C', 'D', ''] as const
export const noGrade = label('未分级', 'Not graded')

export function keyOf(fee: PlannedFee, by: Stack): string {
	return by === 'kind' ? fee.kind : by === 'grade' ? fee.grade ?? '' : fee.decision
}

const orders: Record<Stack, readonly string[]> = { kind: ['annuity', 'act'], grade: gradeNames, decision: ['approved', 'planned', 'keep', 'decide', 'ungraded'] }

export const yearOf = (fee: PlannedFee, first: number) => fee.due_on ? Math.max(Number(fee.due_on.slice(0, 4)), first) : first

export interface Series { key: string, fen: number[], counts: number[] }

/** One series for each key that occurs, in a fixed order; late fees are part of what is to be paid. */
export function stackFees(fees: PlannedFee[], years: number[], by: Stack): Series[] {
	const first = years[0] ?? 0
	const made = orders[by].map(key => ({ key, fen: years.map(() => 0), counts: years.map(() => 0) }))
	for (const fee of fees) {
		const series = made.find(one => one.key === keyOf(fee, by))
		const at = years.indexOf(yearOf(fee, first))
		if (!series || at < 0) continue
		series.fen[at]! += fee.amount_fen + fee.late_fen
		series.counts[at]!++
	}
	return made.filter(series => series.counts.some(count => count > 0))
}

/** What the grade proposes for an annuity: handbook of grades. */
export type Proposal = 'keep' | 'review' | 'drop' | 'grade'
export function proposalOf(grade: string | null): Proposal {
	if (!grade) return 'grade'
	return grade === 'D' ? 'drop' : grade === 'C' ? 'review' : 'keep'
}
