/* 待办 and reminders of the person. */
import { get } from './client'
import type { Label } from '../app/language'

export interface Task { type: string, id: number, title: string, state?: string, steps?: { name: string, label: Label }[], step?: string, label?: Label, updated_at?: string, since?: string }
export interface Reminder { type: string, id: number, title: string, field: string, due_on?: string, date?: string, days?: number, label?: Label }
export interface Tasks { tasks: Task[], reminders: Reminder[] }

export const listTasks = () => get<Tasks>('/tasks')
