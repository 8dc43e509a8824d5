/* Patent offices and countries by name: the table the server reads. */
import table from '../../../data/offices.csv?raw'
import { joinTexts, say } from '../app/language'
import type { Label } from '../app/language'

const names = new Map(table.split('\n').filter(line => /^[A-Z]{2},/.test(line)).map((line): [string, Label] => {
	const [code = '', zh = '', ...en] = line.trim().split(',')
	return [code, { zh, en: en.join(',').replace(/^"|"$/g, '') }]
}))

/** "CN,US" as "中国、美国"; what is no code stays as it is. */
export const countryNames = (codes: string) => joinTexts(codes.split(',').map(code => say(names.get(code)) || code))
