/* To the clipboard; without TLS there is none to write to: then the text is marked, for Ctrl-C. */
export async function copyText(text: string, shown: HTMLElement | null): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text)
		return true
	} catch {
		if (!shown) return false
		const range = document.createRange()
		range.selectNodeContents(shown)
		window.getSelection()?.removeAllRanges()
		window.getSelection()?.addRange(range)
		return false
	}
}
