/* Text for the clipboard; browsers give their own way to pages of https and of this machine only. */
export async function copyText(text: string): Promise<void> {
	if (window.isSecureContext) return navigator.clipboard.writeText(text)
	const area = document.createElement('textarea')
	area.value = text
	area.style.cssText = 'position:fixed;left:-9999px'
	document.body.append(area)
	area.select()
	document.execCommand('copy')
	area.remove()
}
