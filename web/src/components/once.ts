/* One thing at a time: pressed again while its work is being done, a button does nothing. */
import { ref } from 'vue'
import type { Ref } from 'vue'

export interface Once {
	isBusy: Ref<boolean>
	/** The work as what a button does: left out while this or other work of the same useOnce() is being done. */
	once<Given extends unknown[]>(work: (...given: Given) => Promise<unknown>): (...given: Given) => Promise<void>
}

export function useOnce(): Once {
	const isBusy = ref(false)
	const once: Once['once'] = work => async (...given) => {
		if (isBusy.value) return
		isBusy.value = true
		try {
			await work(...given)
		} finally {
			isBusy.value = false
		}
	}
	return { isBusy, once }
}
