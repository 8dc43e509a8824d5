/* What several pages of topics ask for. */
import { listRecords } from '../api/records'
import type { Row } from '../api/records'
import { defineMessages } from '../app/language'

const t = defineMessages({ today: ['今天更新', 'updated today'], days: ['{0} 天前更新', 'updated {0} days ago'] })

export const freshness = (days: number) => days > 0 ? t('days', days) : t('today')

/** The records of the topics, for their states; by id. */
export async function topicRecords(): Promise<Map<number, Row>> {
	const found = new Map<number, Row>()
	let page: string | undefined
	do {
		const answer = await listRecords('topic', { limit: 200, page })
		answer.records.forEach(row => found.set(row.id, row))
		page = answer.next ?? undefined
	} while (page)
	return found
}

/** A source of the log: a file's name, or what somebody did. */
const sources = defineMessages({
	create: ['建立专题', 'made'], edit: ['修改检索式', 'query changed'], add: ['人工加入', 'added by hand'], remove: ['人工剔除', 'removed by hand'], demo: ['示例数据', 'demo data']
})
export const sourceText = (source: string) => ['create', 'edit', 'add', 'remove', 'demo'].includes(source) ? sources(source as 'create') : source
