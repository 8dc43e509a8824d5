/* Colours of charts: told apart by colour-blind readers too (after Okabe and Ito), one row per theme. */
import { computed } from 'vue'
import { theme } from '../app/theme'

const rows = {
	light: ['#1d4fb8', '#d97a00', '#1a8a5f', '#b8396a', '#5f8fd9', '#8a6d00', '#6a4fb3', '#00838f', '#a0522d', '#6b7583'],
	dark: ['#7aa7ff', '#f0a63c', '#5fc98a', '#f286ad', '#a9c6ff', '#d6bf4a', '#b39cf0', '#4fc3cf', '#dc9a72', '#a3adbb']
}

export const palette = computed(() => rows[theme.value])

/** From few to many: heat maps, matrices. */
export const scale = computed(() => theme.value === 'dark'
	? ['#1f2733', '#23406e', '#2f62b0', '#5b92f0', '#b9d2ff'] : ['#eef3fb', '#c3d5f3', '#84a9e4', '#3f70c9', '#173f93'])

export const chartText = computed(() => theme.value === 'dark' ? '#bcc4d0' : '#47515f')
export const chartLine = computed(() => theme.value === 'dark' ? '#2d333f' : '#dfe3ea')
