/* What a column of DataTable is. */
export interface Column {
	key: string
	label: string
	/** Pixels; a column without a width takes what is left. */
	width?: number
	minWidth?: number
	/** Longer texts are cut and told by the pointer. */
	maxWidth?: number
	align?: 'left' | 'right' | 'center'
	isSortable?: boolean
	/** In the cards of a phone: the heading, or not at all. */
	card?: 'title' | 'hidden'
}
