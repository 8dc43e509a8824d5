/*
 * The files at hand: sent, checked, taken in, one step after the other. They stay while other pages are
 * looked at; a page that is loaded anew finds what the server knows among the earlier imports.
 */
import { computed, reactive } from 'vue'
import { dryRun, previewImport, startImport, takeIn } from '../api/imports'
import type { Choice, Preview } from '../api/imports'
import { cancelJob, getJob, isEnded } from '../api/jobs'
import type { Job } from '../api/jobs'
import { asProblem, isAborted } from '../api/problem'
import type { Problem } from '../api/problem'
import { lookAtJobs } from '../app/counts'
import { language } from '../app/language'

export type Phase = 'waiting' | 'sending' | 'checking' | 'ready' | 'importing' | 'done' | 'failed'

export interface Work {
	key: number
	file: File
	phase: Phase
	sent: number
	/** Of the dry run: its file is what is taken in. */
	dryJob: number | null
	check: Job | null
	preview: Preview | null
	/** Columns mapped by the person: header to field. */
	columns: Record<string, string>
	format: string
	topic: string
	importJob: number | null
	result: Job | null
	problem: Problem | null
	stop: AbortController
}

export const works = reactive<Work[]>([])
export const sendingMax = 2
let key = 0

export const isIdle = (work: Work) => work.phase === 'ready' || work.phase === 'done' || work.phase === 'failed'
export const readyWorks = computed(() => works.filter(work => work.phase === 'ready' && canImport(work)))

/** Rows there are to take in. */
export function canImport(work: Work): boolean {
	const results = work.check?.results
	return !!results && Number(results.rows ?? 0) > Number(results.rejected ?? 0)
}

export function choiceOf(work: Work): Choice {
	const map = Object.entries(work.columns).filter(([, field]) => field).map(([header, field]) => `${field}=${header}`).join('\n')
	const format = work.format || (map ? work.preview?.source ?? '' : '')
	return { ...(format && format !== 'map' ? { format } : {}), ...(map ? { map } : {}) }
}

async function waitFor(id: number, work: Work): Promise<Job> {
	for (;;) {
		const job = await getJob(id, language.value)
		if (isEnded(job)) return job
		if (work.stop.signal.aborted) throw new DOMException('cancelled', 'AbortError')
		await new Promise(resolve => setTimeout(resolve, 500))
	}
}

function fail(work: Work, error: unknown) {
	if (isAborted(error)) return forget(work)
	work.problem = asProblem(error)
	work.phase = 'failed'
}

async function look(work: Work, job: number) {
	work.phase = 'checking'
	work.problem = null
	work.check = await waitFor(job, work)
	work.dryJob = job
	work.preview = await previewImport(job, choiceOf(work), language.value)
	work.phase = 'ready'
}

async function send(work: Work) {
	work.phase = 'sending'
	try {
		const { job } = await dryRun(work.file, sent => { work.sent = sent }, work.stop.signal)
		void pump(work)
		await look(work, job)
	} catch (error) {
		fail(work, error)
	}
}

/* The next file goes when one has been sent. */
function pump(sent?: Work) {
	if (sent) sent.phase = 'checking'
	const free = sendingMax - works.filter(work => work.phase === 'sending').length
	for (const work of works.filter(one => one.phase === 'waiting').slice(0, Math.max(0, free))) void send(work).finally(() => pump())
}

export function addFiles(files: File[]) {
	for (const file of files)
		works.push({ key: ++key, file, phase: 'waiting', sent: 0, dryJob: null, check: null, preview: null, columns: {}, format: '', topic: '', importJob: null,
			result: null, problem: null, stop: new AbortController() })
	pump()
}

/** With other columns or another source; nothing is sent again. */
export async function lookAgain(work: Work) {
	if (!work.dryJob) return
	try {
		await look(work, (await startImport(work.dryJob, choiceOf(work), true)).job)
	} catch (error) {
		fail(work, error)
	}
}

/* The server keeps the file of a dry run for an hour; later it is sent once more. */
async function begin(work: Work, choice: Choice): Promise<number> {
	try {
		return (await startImport(work.dryJob!, choice, false)).job
	} catch (error) {
		if (asProblem(error).key !== 'api.upload_gone') throw error
		return (await takeIn(work.file, choice, sent => { work.sent = sent }, work.stop.signal)).job
	}
}

export async function importWork(work: Work, topic: string) {
	work.phase = 'importing'
	work.topic = topic
	try {
		work.importJob = await begin(work, { ...choiceOf(work), ...(topic ? { topic } : {}) })
		void lookAtJobs()
		work.result = await waitFor(work.importJob, work)
		work.phase = 'done'
	} catch (error) {
		fail(work, error)
	}
	void lookAtJobs()
}

/** Off the page; what the server does not need any more is stopped. */
export function forget(work: Work) {
	const at = works.findIndex(one => one.key === work.key)
	if (at < 0) return
	if (!isIdle(work)) work.stop.abort()
	if (work.importJob && !work.result) void cancelJob(work.importJob).catch(() => undefined)
	works.splice(at, 1)
	pump()
}
