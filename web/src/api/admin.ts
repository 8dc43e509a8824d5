/* What the three administrators work with: accounts, logins, the audit log, the server. */
import { call, get, post, remove } from './client'
import type { RoleName } from './session'

export interface Membership { id: number, organisation_id: number, organisation: string, roles: RoleName[], until: string | null }
export interface Account {
	id: number
	login: string
	user_id: number
	name: string
	organisation_id: number
	user_is_active: boolean
	is_disabled: boolean
	is_locked: boolean
	is_dormant: boolean
	must_change_password: boolean
	has_second_factor: boolean
	created_at: string | null
	last_login_at: string | null
	password_at: string | null
	memberships: Membership[]
	/** One-time, told once: after making the account or resetting its password. */
	password?: string
}

export async function listAccounts(): Promise<Account[]> {
	const all: Account[] = []
	for (let after: number | null = 0; after !== null;) {
		const page: { accounts: Account[], next: number | null } = await get('/accounts', { after })
		all.push(...page.accounts)
		after = page.next
	}
	return all
}
export const createAccount = (user: number) => post<Account>('/accounts', { user_id: user })
export type AccountChange = 'password' | 'disable' | 'enable' | 'wake' | 'unlock'
export const changeAccount = (id: number, change: AccountChange) => post<Account>(`/accounts/${id}/${change}`)
export const removeSecondFactor = (id: number) => remove<Account>(`/accounts/${id}/second-factor`)

export interface OpenSession { id: number, is_current: boolean, address: string | null, agent: string | null, created_at: string, seen_at: string, ends_at: string }
export const listAccountSessions = async (id: number) => (await get<{ sessions: OpenSession[] }>(`/accounts/${id}/sessions`)).sessions
/** Without a session: all of them. */
export const endAccountSessions = (id: number, one?: number) => remove<void>(`/accounts/${id}/sessions${one ? `/${one}` : ''}`)

export interface LoginEvent { id: number, at: string, login: string, account_id: number | null, outcome: string, address: string | null, agent: string | null }
export interface LoginQuery { login?: string, outcome?: string, from?: string, to?: string, before?: number }
export const listLogins = (query: LoginQuery) => get<{ events: LoginEvent[], next: number | null }>('/login-events', { ...query })

export interface AuditLine {
	position: number
	at: string
	user_id: number
	login: string | null
	request: string
	action: string
	subject: string
	detail: string
	algorithm: string
	hash: string
}
export interface AuditQuery { action?: string, subject?: string, from?: string, to?: string, login?: string, before?: number, limit?: number }
export const listAudit = (query: AuditQuery) => get<{ lines: AuditLine[], next: number | null }>('/audit', { ...query })
export interface AuditReport { is_whole: boolean, fault: string, lines: number, head: string, position?: number, other_position?: number }
export const verifyAudit = () => get<AuditReport>('/audit/verification')

export const getSettings = async () => (await get<{ settings: Record<string, string | number | boolean> }>('/settings')).settings

export interface Backup {
	job: number
	state: string
	done: number
	total: number
	name: string | null
	size: number
	files: number
	error: string | null
	created_at: string
	finished_at: string | null
}
export const listBackups = async (language: string) => (await get<{ backups: Backup[] }>('/backups', { language })).backups
export const createBackup = () => post<{ job: number }>('/backups')

export interface ServerJob {
	id: number
	kind: string
	state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
	phase: string | null
	done: number
	total: number
	attempts: number
	organisation: string | null
	user: string | null
	error: { key: string, message: string } | null
	created_at: string
	started_at: string | null
	finished_at: string | null
}
export const listServerJobs = (query: { open?: 'yes' | 'no', kind?: string, before?: number, limit?: number, language?: string }) =>
	get<{ jobs: ServerJob[] }>('/server/jobs', query)

/** Prometheus text as name, labels, value; outside /api/v1. */
export interface Metric { name: string, labels: string, value: number }
export async function getMetrics(): Promise<Metric[]> {
	const text = (await call<string>('GET', '/metrics', { root: '', asText: true })).data
	return [...text.matchAll(/^(\w+)(?:\{([^}]*)\})? (\S+)$/gm)].map(([, name, labels, value]) => ({ name: name!, labels: labels ?? '', value: Number(value) }))
}
