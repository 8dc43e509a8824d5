/* 待办 and reminders of the person. */
import { get } from './client'
import type { Label } from '../app/language'
import type { Named, Step } from './records'

export interface Task {
	type: string
	type_label: Label
	id: number
	title: string
	/** What the record belongs to, as the case of a fee. */
	about: { type: string, id: number, title: string | null } | null
	state: string
	state_label?: Label
	organisation: Named | null
	since: string | null
	/** A day; of reminders. */
	due: string | null
	due_field: string | null
	steps: Step[]
}
export interface Tasks { tasks: Task[], reminders: Task[] }

/** "一种电池 · 第4年年费": what it is about comes first, unless the title says it already. */
export function titleOf(task: Task): string {
	const about = task.about?.title
	return about && !task.title.includes(about) ? `${about} · ${task.title}` : task.title
}

export const listTasks = () => get<Tasks>('/tasks')
