/* What is analysed: topic, query, unit, day; kept in the address. */
import { computed, reactive } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { FigureAsk, Unit } from '../api/analyses'
import { listTopics } from '../api/topics'
import { language } from '../app/language'
import { useLoad } from '../components/load'

export type Scope = ReturnType<typeof useScope>

const text = (value: unknown) => typeof value === 'string' ? value : ''

/** wantsTopic: the first topic is taken when the address names none. */
export function useScope(options: { wantsTopic?: boolean } = {}) {
	const route = useRoute()
	const router = useRouter()
	const topics = useLoad(listTopics)
	const page = route.name

	function set(change: Record<string, string | undefined>) {
		if (route.name !== page) return
		const query = Object.fromEntries(Object.entries({ ...route.query, ...change }).filter(([, value]) => value))
		void router.replace({ query })
	}
	const part = (name: string) => computed({ get: () => text(route.query[name]), set: (value: string | null | undefined) => set({ [name]: value ?? '' }) })
	const topicId = part('topic'), query = part('q'), unit = part('unit'), asOf = part('as_of')

	const topic = computed(() => {
		const known = topics.data.value ?? []
		return known.find(one => String(one.id) === topicId.value) ?? (options.wantsTopic && !topicId.value ? known[0] : undefined)
	})
	/** False until it is known which topic is meant. */
	const isReady = computed(() => topics.data.value !== null || (!topicId.value && !options.wantsTopic))
	const ask = computed<FigureAsk>(() => ({
		topic: topic.value?.name, query: query.value || undefined, unit: (unit.value || 'application') as Unit, as_of: asOf.value || undefined, language: language.value
	}))
	return reactive({ topics, topicId, query, unit, asOf, topic, isReady, ask, set })
}
