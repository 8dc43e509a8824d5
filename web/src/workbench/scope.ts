/* Day, centre and methods of the workbench and of the targets: they stand in the address and go along. */
import { computed, reactive } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Question } from '../api/chain'
import { readMethods, writeMethods } from './figures'

export type WorkScope = ReturnType<typeof useWorkScope>

const text = (value: unknown) => typeof value === 'string' ? value : ''

export function useWorkScope() {
	const route = useRoute()
	const router = useRouter()
	const page = route.name

	function set(change: Record<string, string>) {
		if (route.name !== page) return
		const query = Object.fromEntries(Object.entries({ ...route.query, ...change }).filter(([, value]) => value))
		void router.replace({ query, hash: route.hash })
	}
	const part = (name: string) => computed({ get: () => text(route.query[name]), set: (value: string | null | undefined) => set({ [name]: value ?? '' }) })
	const asOf = part('as_of'), centre = part('centre'), method = part('method')
	const question = computed<Question>(() => ({ centre: centre.value || undefined, as_of: asOf.value || undefined, method: method.value || undefined }))
	/** Of links to other pages of the same day, centre and methods. */
	const query = computed(() => ({ ...question.value }))
	/** An empty method is the one agreed. */
	const setMethod = (indicator: string, wanted: string) => set({ method: writeMethods({ ...readMethods(method.value), [indicator]: wanted }) })

	return reactive({ asOf, centre, method, question, query, set, setMethod })
}
