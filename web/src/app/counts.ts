/* The small numbers of the top bar, asked for now and then while somebody is at work: a forgotten
   window must not keep its session alive. */
import { reactive } from 'vue'
import { listJobs } from '../api/jobs'
import type { Job } from '../api/jobs'
import { hasRole, isRenewing, session } from '../api/session'
import { listTasks } from '../api/tasks'
import type { Tasks } from '../api/tasks'
import { reading } from './roles'

export const counts = reactive({ tasks: null as Tasks | null, jobs: [] as Job[] })

const everyMs = 60_000
const idleMs = 5 * 60_000
let activeAt = Date.now()
const noticesEveryMs = 5 * 60_000
let noticedAt = 0
let timer = 0

export async function lookAtTasks() {
	counts.tasks = await listTasks().catch(() => counts.tasks)
}

export async function lookAtJobs() {
	if (hasRole(...reading)) counts.jobs = (await listJobs({ open: 'yes', limit: 20 }).catch(() => ({ jobs: counts.jobs }))).jobs
}

function look() {
	if (!session.value || isRenewing.value || document.hidden || Date.now() - activeAt > idleMs) return
	void lookAtTasks()
	void lookAtJobs()
	if (Date.now() - noticedAt > noticesEveryMs) {
		noticedAt = Date.now()
		void import('./notices').then(one => one.lookAtNotices())
	}
}

export function startCounts(): () => void {
	const touch = () => { activeAt = Date.now() }
	const events = ['pointerdown', 'keydown', 'wheel'] as const
	events.forEach(event => document.addEventListener(event, touch, { passive: true }))
	look()
	timer = window.setInterval(look, everyMs)
	return () => {
		clearInterval(timer)
		events.forEach(event => document.removeEventListener(event, touch))
	}
}
