/* Tables as CSV. */

/* Texts that a spreadsheet would take for a formula are kept texts. */
function cell(value: unknown): string {
	const text = value === null || value === undefined ? '' : typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
	return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

export const csvLines = (rows: unknown[][]): string => rows.map(row => row.map(cell).join(',') + '\r\n').join('')
