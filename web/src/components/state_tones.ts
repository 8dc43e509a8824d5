/*
 * What a state means to whoever reads a list: somebody has to act (waits), work goes on (goes), it was reached
 * (good), it was lost or refused (bad); all others are drafts and ends that are neither.
 */
export type Tone = 'waits' | 'goes' | 'good' | 'bad' | 'plain'

const split = (text: string) => text.split(' ')

const common: Record<Exclude<Tone, 'plain'>, string[]> = {
	waits: split('submitted proposed requested open deletion to_update'),
	goes: split('running tackling searching tagging analysing evaluating improving drafting reviewing closing acknowledged'),
	good: split('active in_force approved accepted done passed closed finished effective paid confirmed fixed signed won booked read docketed solved opened filed updated recognised delivered in_use'),
	bad: split('refused rejected returned failed lapsed missed')
}

/* Where a type means something else by the name, or has states of its own. */
const own: Record<string, Partial<Record<Tone, string[]>>> = {
	patent_case: {
		waits: split('submitted accepted correction office_action rejected review_upheld registration invalid_suit'),
		goes: split('preliminary awaiting_publication published examination review suit invalidation'),
		bad: split('refused grace deemed_withdrawn grant_abandoned ended_restorable final_rejected final_invalid')
	},
	disclosure: { goes: split('approved final submitted') },
	draft: { goes: split('draft'), waits: split('delivered checked') },
	evaluation: { goes: split('draft'), good: split('submitted opened') },
	fee: { waits: split('planned approved') },
	deadline: { plain: split('closed') },
	notice: { waits: split('draft') },
	case_update: { plain: split('rejected') },
	layout_plan: { goes: split('approved abroad') },
	mining_session: { waits: split('planned'), goes: split('held') },
	finding: { waits: split('draft'), goes: split('confirmed adopted') },
	navigation_study: { goes: split('approved') },
	bottleneck: { goes: split('listed tackling') },
	product: { goes: split('submitted reviewing participating patent_review industry_review publicity') },
	product_year: { waits: split('draft submitted') },
	deal_income: { waits: split('draft') },
	annual_task: { waits: split('submitted done') },
	award: { goes: split('submitted') },
	task_book: { plain: split('closed') }
}

const find = (tones: Partial<Record<Tone, string[]>>, state: string) => (Object.keys(tones) as Tone[]).find(tone => tones[tone]!.includes(state))

export const toneOf = (type: string, state: string): Tone => find(own[type] ?? {}, state) ?? find(common, state) ?? 'plain'
