/* 待办 and reminders of the person. */
import { get } from './client'
import type { Label } from '../app/language'
import type { Named, Step } from './records'

export interface Task {
	type: string
	type_label: Label
	id: number
	title: string
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

export const listTasks = () => get<Tasks>('/tasks')
