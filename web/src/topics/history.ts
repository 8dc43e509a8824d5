/* Undo and redo of something that is replaced as a whole; changes of one field in a row are one step. */
import { computed, shallowRef } from 'vue'

const stepsMax = 200

export function useHistory<T>(first: T) {
	const now = shallowRef(first)
	const past = shallowRef<T[]>([])
	const future = shallowRef<T[]>([])
	let lastField = ''

	/** field: what is being typed in; while it stays the same there is one step. */
	function change(next: T, field = '') {
		if (next === now.value) return false
		if (!field || field !== lastField) past.value = [...past.value.slice(-stepsMax + 1), now.value]
		lastField = field
		now.value = next
		future.value = []
		return true
	}
	function undo() {
		const before = past.value[past.value.length - 1]
		if (before === undefined) return
		past.value = past.value.slice(0, -1)
		future.value = [...future.value, now.value]
		now.value = before
		lastField = ''
	}
	function redo() {
		const next = future.value[future.value.length - 1]
		if (next === undefined) return
		future.value = future.value.slice(0, -1)
		past.value = [...past.value, now.value]
		now.value = next
		lastField = ''
	}
	/** Starts anew from what is stored. */
	function begin(stored: T) {
		now.value = stored
		past.value = []
		future.value = []
		lastField = ''
	}
	return { now, change, undo, redo, begin, canUndo: computed(() => past.value.length > 0), canRedo: computed(() => future.value.length > 0) }
}
