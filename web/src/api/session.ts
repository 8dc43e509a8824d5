/* Who is logged in. One for the application. */
import { computed, reactive, ref } from 'vue'
import { call, get, put, useSessionHooks } from './client'
import type { Label } from '../app/language'

export type RoleName = 'director' | 'ip_manager' | 'researcher' | 'finance' | 'agency' | 'city_officer' | 'province_officer' |
	'expert' | 'inspector' | 'system_admin' | 'security_admin' | 'audit_admin'

export interface Session {
	login: string
	user_id: number
	organisation_id: number
	roles: RoleName[]
	csrf: string
	must_change_password: boolean
	must_add_totp: boolean
	name: string | null
	memberships: { id: number, organisation_id: number, organisation: string, roles: RoleName[], until: string | null }[]
	has_second_factor: boolean
}

/* Only a mark that there may be a session: the cookie itself is not readable, and asking without one
   would be an error on every first visit. */
const mark = 'yucheng.session'

const state = reactive({ session: null as Session | null, isRenewing: false })
let waiting: { promise: Promise<void>, resolve(): void, reject(error: Error): void } | null = null

export const session = computed(() => state.session)
/** The organisation the person works for now. */
export const organisationName = computed(() => state.session?.memberships.find(one => one.organisation_id === state.session!.organisation_id)?.organisation ?? '')
export const isRenewing = computed(() => state.isRenewing)
/** The login the ended session had. */
export const endedLogin = ref('')

export const roleLabels: Record<RoleName, Label> = {
	director: { zh: '中心主任', en: 'Centre director' },
	ip_manager: { zh: '知识产权专员', en: 'IP manager' },
	researcher: { zh: '研发人员', en: 'Researcher' },
	finance: { zh: '财务人员', en: 'Finance' },
	agency: { zh: '代理机构人员', en: 'Agency staff' },
	city_officer: { zh: '市（州）局管理人员', en: 'City officer' },
	province_officer: { zh: '省局管理人员', en: 'Province officer' },
	expert: { zh: '评审专家', en: 'Expert' },
	inspector: { zh: '监督检查人员', en: 'Inspector' },
	system_admin: { zh: '系统管理员', en: 'System administrator' },
	security_admin: { zh: '安全管理员', en: 'Security administrator' },
	audit_admin: { zh: '审计管理员', en: 'Audit administrator' }
}

/** Whether one of the roles is the person's. Hides only: the server decides. */
export function hasRole(...roles: RoleName[]): boolean {
	return state.session?.roles.some(role => roles.includes(role)) ?? false
}

export const isUnsettled = computed(() => !!state.session && (state.session.must_change_password || state.session.must_add_totp))

function begin(given: Session) {
	state.session = given
	endedLogin.value = given.login
	localStorage.setItem(mark, given.login)
}

function forget() {
	state.session = null
	localStorage.removeItem(mark)
}

/** At the start of the application: takes up the session of the cookie, if there is one. */
export async function resume(): Promise<void> {
	if (!localStorage.getItem(mark)) return
	try {
		begin((await call<Session>('GET', '/session', { isLogin: true })).data)
	} catch {
		forget()
	}
}

export async function refresh(): Promise<void> {
	begin(await get<Session>('/session'))
}

export async function logIn(login: string, password: string, code: string): Promise<void> {
	const answer = await call<Session>('POST', '/session', { isLogin: true, body: { login, password, ...(code ? { code } : {}) } })
	begin(answer.data)
	state.isRenewing = false
	waiting?.resolve()
	waiting = null
}

export async function logOut(): Promise<void> {
	await call('DELETE', '/session').catch(() => undefined)
	forget()
}

export async function changePassword(before: string, after: string): Promise<void> {
	await put('/session/password', { old: before, new: after })
	await refresh()
}

/** Works for another organisation of the person's: everything shown is another one's, so the page is loaded anew. */
export async function switchOrganisation(id: number): Promise<void> {
	await put('/session/organisation', { organisation_id: id })
	location.assign('/')
}

/** Instead of logging in again: gives up what waits and the page. */
export function abandon() {
	forget()
	state.isRenewing = false
	waiting?.reject(new DOMException('session ended', 'AbortError'))
	waiting = null
}

function renew(): Promise<void> {
	if (!state.session) return Promise.reject(new DOMException('session ended', 'AbortError'))
	if (!waiting) {
		let resolve = () => {}, reject = (_: Error) => {}
		const promise = new Promise<void>((done, failed) => { resolve = done; reject = failed })
		waiting = { promise, resolve, reject }
		state.isRenewing = true
	}
	return waiting.promise
}

useSessionHooks({ csrf: () => state.session?.csrf ?? null, renew, refresh })
