/* Kinds and states of jobs in words. */
import { defineMessages } from '../app/language'

const kinds = { import: ['专利数据导入', 'Import of patents'], report: ['专利导航报告', 'Navigation report'], backup: ['数据备份', 'Backup'] } as const
const states = {
	queued: ['等待执行', 'Waiting'],
	running: ['正在执行', 'Running'],
	done: ['已完成', 'Done'],
	failed: ['失败', 'Failed'],
	cancelled: ['已取消', 'Cancelled']
} as const
const kindText = defineMessages(kinds)
const stateText = defineMessages(states)

export const jobKinds = (kind: string) => kind in kinds ? kindText(kind as keyof typeof kinds) : kind
export const jobStates = (state: string) => state in states ? stateText(state as keyof typeof states) : state
