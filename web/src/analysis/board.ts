/* Which cards lie on the board of a topic: kept in this browser, for each organisation and topic. */
import { ref, watch } from 'vue'
import { session } from '../api/session'

export type CardSize = 'small' | 'middle' | 'large'
export interface Card { name: string, size: CardSize, isTable?: boolean, top?: number }

const sizes: CardSize[] = ['small', 'middle', 'large']

const forAll: Card[] = [
	{ name: 'trend_filed', size: 'middle' }, { name: 'applicants', size: 'middle', top: 10 }, { name: 'type', size: 'small' }, { name: 'status_group', size: 'small' },
	{ name: 'applicant_types', size: 'small' }, { name: 'life_cycle', size: 'middle' }, { name: 'ipc_subclasses', size: 'middle', top: 20 }, { name: 'applicant_year', size: 'large' },
	{ name: 'keywords', size: 'middle', top: 20 }, { name: 'provinces', size: 'middle', top: 20 }, { name: 'key_patents', size: 'large', isTable: true }
]
const forTrees: Card[] = [{ name: 'branches', size: 'middle' }, { name: 'hot_branches', size: 'middle' }, { name: 'matrix', size: 'large' }]

export function defaultCards(hasTrees: boolean): Card[] {
	return [...forAll.slice(0, 5), ...(hasTrees ? forTrees : []), ...forAll.slice(5)].map(card => ({ ...card }))
}

/** Cards as they were stored; what is no card is left out. */
export function readCards(text: string | null): Card[] | null {
	try {
		const given: unknown = JSON.parse(text ?? 'null')
		if (!Array.isArray(given)) return null
		return given.filter((one): one is Card => typeof one?.name === 'string' && sizes.includes(one.size))
			.map(({ name, size, isTable, top }) => ({ name, size, isTable: !!isTable, top: Number.isInteger(top) && top! > 0 && top! <= 200 ? top : undefined }))
	} catch {
		return null
	}
}

export function moved<T>(list: T[], from: number, to: number): T[] {
	const rest = [...list]
	rest.splice(Math.max(0, Math.min(rest.length, to)), 0, ...rest.splice(from, 1))
	return rest
}

export function useCards(topic: () => { id: number, hasTrees: boolean } | null) {
	const cards = ref<Card[]>([])
	const key = () => `yucheng.board.${session.value?.organisation_id ?? 0}.${topic()?.id ?? 'all'}`
	const load = () => { cards.value = readCards(localStorage.getItem(key())) ?? defaultCards(topic()?.hasTrees ?? false) }

	function keep(next: Card[]) {
		cards.value = next
		localStorage.setItem(key(), JSON.stringify(next))
	}
	function reset() {
		localStorage.removeItem(key())
		load()
	}
	watch(() => topic()?.id, load, { immediate: true })
	return { cards, keep, reset, load }
}
