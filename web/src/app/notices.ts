/*
 * What a person should hear of: tasks and reminders (counts.ts), own jobs that ended, watches with new
 * hits. Looked for now and then with the other counts; what was seen is kept in the browser.
 */
import { computed, reactive, ref } from 'vue'
import { isEnded, listJobs } from '../api/jobs'
import type { Job } from '../api/jobs'
import { listRecords } from '../api/records'
import type { Reference, Row } from '../api/records'
import { countHits, listLooks } from '../api/search'
import { hasRole, session } from '../api/session'
import { counts } from './counts'
import { reading } from './roles'

export interface Watched { id: number, title: string, query: string, topic: string, fresh: number, since: number }

export const notices = reactive({ jobs: [] as Job[], watches: [] as Watched[] })

const daysShown = 14
const key = () => `yucheng.noticed.${session.value?.login ?? ''}`
const noticedAt = ref('')

export const isNew = (job: Job) => (job.finished_at ?? '') > noticedAt.value
export const newJobs = computed(() => notices.jobs.filter(isNew))
export const unread = computed(() => (counts.tasks?.tasks.length ?? 0) + newJobs.value.length + notices.watches.length)

/** Jobs shown are known to the person from now on. */
export function markNoticed() {
	noticedAt.value = new Date().toISOString()
	localStorage.setItem(key(), noticedAt.value)
}

async function endedJobs(): Promise<Job[]> {
	const from = new Date(Date.now() - daysShown * 86_400_000).toISOString()
	const { jobs } = await listJobs({ limit: 50 })
	return jobs.filter(job => isEnded(job) && job.user_id === session.value?.user_id && (job.finished_at ?? '') > from && job.arguments.dry_run !== 'yes')
}

async function count(row: Row, since: number): Promise<Watched> {
	const query = String(row.fields.query ?? ''), topic = (row.fields.topic_id as Reference | null)?.title ?? ''
	/* a query that can no longer be read tells so on its page */
	const fresh = await countHits(query, topic || undefined, since).catch(() => 0)
	return { id: row.id, title: row.title, query, topic, fresh, since }
}

/* Only those the person has looked at before, and only when documents have come in since. */
async function freshWatches(): Promise<Watched[]> {
	const { newest, looks } = await listLooks()
	const old = new Map(looks.filter(look => look.newest < newest).map(look => [look.watch, look.newest]))
	if (!old.size) return []
	const { records } = await listRecords('watch', { limit: 200 })
	const watched = await Promise.all(records.filter(row => old.has(row.id)).map(row => count(row, old.get(row.id)!)))
	return watched.filter(one => one.fresh > 0)
}

export async function lookAtNotices() {
	noticedAt.value = localStorage.getItem(key()) ?? ''
	if (!hasRole(...reading)) return
	const [jobs, watches] = await Promise.all([endedJobs().catch(() => notices.jobs), freshWatches().catch(() => notices.watches)])
	Object.assign(notices, { jobs, watches })
}

export const jobTitle = (job: Job) => job.arguments.name ?? job.arguments.title ?? job.arguments.topic ?? job.arguments.query ?? ''
export const forgetNotices = () => Object.assign(notices, { jobs: [], watches: [] })
