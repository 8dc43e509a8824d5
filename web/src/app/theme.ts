/* Light or dark: as the system has it until the person chooses. */
import { computed, ref, watchEffect } from 'vue'

export type Theme = 'light' | 'dark'

const stored = 'yucheng.theme'
const system = window.matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = ref(system.matches)
const chosen = ref<Theme | null>(localStorage.getItem(stored) as Theme | null)

system.addEventListener('change', event => { systemIsDark.value = event.matches })

/* Other windows of the application follow. */
window.addEventListener('storage', event => {
	if (event.key === stored) chosen.value = event.newValue as Theme | null
})

export const theme = computed<Theme>(() => chosen.value ?? (systemIsDark.value ? 'dark' : 'light'))

export function setTheme(wanted: Theme) {
	chosen.value = wanted
	localStorage.setItem(stored, wanted)
}

watchEffect(() => {
	document.documentElement.classList.toggle('dark', theme.value === 'dark')
	document.documentElement.style.colorScheme = theme.value
})
