/* The window's title, and the place in the path above a page. */
import { ref, watchEffect } from 'vue'
import { language } from './language'

export const pageTitle = ref('')

export function setTitle(title: string) {
	pageTitle.value = title
}

watchEffect(() => {
	const product = language.value === 'zh' ? '育成' : 'Yucheng'
	document.title = pageTitle.value ? `${pageTitle.value} · ${product}` : product
})
