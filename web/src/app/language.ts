/* The two languages of the application. A part keeps its texts beside its code: see defineMessages. */
import { ref, watchEffect } from 'vue'

export type Language = 'zh' | 'en'
export interface Label { zh: string, en: string }

const stored = 'yucheng.language'

function first(): Language {
	const kept = localStorage.getItem(stored)
	return kept === 'en' || kept === 'zh' ? kept : 'zh'
}

export const language = ref<Language>(first())

export function setLanguage(wanted: Language) {
	language.value = wanted
	localStorage.setItem(stored, wanted)
}

/* Other windows of the application follow. */
window.addEventListener('storage', event => {
	if (event.key === stored && (event.newValue === 'zh' || event.newValue === 'en')) language.value = event.newValue
})

watchEffect(() => { document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en' })

/** The label in the language of the application; empty for none. */
export function say(label: Label | null | undefined): string {
	return label ? label[language.value] || label.zh : ''
}

export function label(zh: string, en: string): Label {
	return { zh, en }
}

/**
 * A table of texts { key: ['中文', 'English'] } as a function: t('key', value…) puts the values in the
 * places of {0}, {1} … Unknown keys do not compile.
 */
export function defineMessages<T extends Record<string, readonly [string, string]>>(table: T) {
	return (key: keyof T, ...values: (string | number)[]): string =>
		table[key]![language.value === 'zh' ? 0 : 1]!.replace(/\{(\d)\}/g, (whole, place) =>
			values[Number(place)] === undefined ? whole : String(values[Number(place)]))
}

const locales = () => language.value === 'zh' ? 'zh-CN' : 'en-GB'

export function formatNumber(value: number): string {
	return new Intl.NumberFormat(locales()).format(value)
}

/** "甲、乙" or "a, b". */
export function joinTexts(texts: string[]): string {
	return texts.join(language.value === 'zh' ? '、' : ', ')
}

/** An instant of the API in the reader's own time. */
export function formatTime(instant: string | null | undefined): string {
	if (!instant) return ''
	const time = new Date(instant)
	const two = (value: number) => String(value).padStart(2, '0')
	return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ` +
		`${two(time.getHours())}:${two(time.getMinutes())}`
}

/** "1234567.5" -> "1,234,567.50", exactly: money is never a floating number. */
export function formatMoney(value: string): string {
	const [whole = '', part = ''] = value.replace('-', '').split('.')
	return (value.startsWith('-') ? '-' : '') + whole.replace(/\B(?=(\d{3})+$)/g, ',') + '.' + part.padEnd(2, '0')
}

export function formatSize(bytes: number): string {
	if (bytes < 1024) return `${bytes} B`
	if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`
	return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}
