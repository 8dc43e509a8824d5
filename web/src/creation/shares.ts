/* Shares of inventors: the text "张三 60；李四 40" as rows, and back. The server checks them again. */
export interface Share { name: string, percent: string }

const whole = 10_000

export function readShares(text: string | null | undefined): Share[] {
	return (text ?? '').split(/[;；，、,\n\r]+/).map(part => part.trim()).filter(Boolean).map(part => {
		const [, name = '', percent = ''] = part.match(/^(.*?)\s*[:：]?\s*(\d+(?:\.\d+)?)?\s*%?$/) ?? []
		return { name: name.trim(), percent }
	})
}

export function writeShares(shares: Share[]): string | null {
	return shares.filter(share => share.name.trim() && share.percent.trim()).map(share => `${share.name.trim()} ${share.percent.trim()}`).join('；') || null
}

/** Hundredths of a percent; null: not a share. */
export function hundredths(percent: string): number | null {
	if (!/^\d{1,3}(\.\d{1,2})?$/.test(percent.trim())) return null
	const value = Math.round(Number(percent) * 100)
	return value > 0 && value <= whole ? value : null
}

/** Of the shares that can be read, in percent. */
export const sumShares = (shares: Share[]) => shares.reduce((sum, share) => sum + (hundredths(share.percent) ?? 0), 0) / 100

/** Rows of the named inventors, in their order, then of people outside; nobody's number is lost. */
export function withNames(shares: Share[], names: string[]): Share[] {
	const rows = names.map(name => shares.find(share => share.name === name) ?? { name, percent: '' })
	return [...rows, ...shares.filter(share => !names.includes(share.name))]
}

/** 100 in equal parts of two decimals; the first takes what is left over. */
export function equalShares(shares: Share[]): Share[] {
	if (!shares.length) return []
	const each = Math.floor(whole / shares.length / 100) * 100
	return shares.map((share, i) => ({ name: share.name, percent: String((i ? each : whole - each * (shares.length - 1)) / 100) }))
}

export type ShareFault = 'unreadable' | 'twice' | 'sum' | 'missing'
export function shareFault(shares: Share[]): ShareFault | null {
	const written = shares.filter(share => share.name.trim() || share.percent.trim())
	if (!written.some(share => share.percent.trim())) return null
	if (written.some(share => !share.percent.trim())) return 'missing'
	if (written.some(share => !share.name.trim() || hundredths(share.percent) === null)) return 'unreadable'
	if (new Set(written.map(share => share.name.trim())).size !== written.length) return 'twice'
	return sumShares(written) === 100 ? null : 'sum'
}
