/*
 * Every request goes through here: the CSRF token, errors as Problem, and the end of a session, which
 * asks for the password in place and then repeats the request, so that no page loses what was typed.
 */
import { problemOf, Problem } from './problem'

export type Query = Record<string, string | number | boolean | null | undefined>

export interface Call {
	query?: Query
	body?: unknown
	headers?: Record<string, string>
	signal?: AbortSignal
	/** Of logging in: 401 means a wrong password. */
	isLogin?: boolean
	/** Instead of /api/v1: /metrics stands beside it. */
	root?: string
	asText?: boolean
}

export interface Answer<T> { data: T, etag: string | null, status: number }

interface SessionHooks {
	csrf(): string | null
	/** Asks to log in again; resolves when that is done. */
	renew(): Promise<void>
	/** Asks the server for the token anew: it changed in another window. */
	refresh(): Promise<void>
}

let hooks: SessionHooks = { csrf: () => null, renew: () => Promise.reject(new Error('no session')), refresh: () => Promise.resolve() }

export function useSessionHooks(given: SessionHooks) {
	hooks = given
}

export const root = '/api/v1'

export function address(path: string, query: Query = {}, base = root): string {
	const pairs = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '')
	const text = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join('&')
	return base + path + (text ? `?${text}` : '')
}

function headersOf(method: string, call: Call): Record<string, string> {
	const headers: Record<string, string> = { Accept: 'application/json', ...call.headers }
	const csrf = hooks.csrf()
	if (csrf && method !== 'GET') headers['X-CSRF-Token'] = csrf
	if (call.body !== undefined && !(call.body instanceof FormData)) headers['Content-Type'] = 'application/json'
	return headers
}

async function send(method: string, path: string, call: Call): Promise<Response> {
	const body = call.body === undefined || call.body instanceof FormData ? call.body : JSON.stringify(call.body)
	return fetch(address(path, call.query, call.root), {
		method,
		headers: headersOf(method, call),
		body: body as BodyInit | undefined,
		signal: call.signal,
		credentials: 'same-origin',
		cache: 'no-store'
	}).catch(error => { throw error instanceof DOMException ? error : new Problem(0, {}) })
}

/* Once more after the session was renewed; a second refusal is an error like any other. */
async function request(method: string, path: string, call: Call): Promise<Response> {
	const answer = await send(method, path, call)
	if (answer.ok || call.isLogin) return answer
	const problem = await problemOf(answer)
	if (answer.status === 401) await hooks.renew()
	else if (problem.key === 'auth.csrf') await hooks.refresh()
	else throw problem
	return send(method, path, call)
}

export async function call<T>(method: string, path: string, given: Call = {}): Promise<Answer<T>> {
	const answer = await request(method, path, given)
	if (!answer.ok) throw await problemOf(answer)
	const isJson = answer.headers.get('Content-Type')?.includes('json')
	return {
		data: (given.asText ? await answer.text() : answer.status === 204 || !isJson ? undefined : await answer.json()) as T,
		etag: answer.headers.get('ETag'),
		status: answer.status
	}
}

export const get = async <T>(path: string, query?: Query, signal?: AbortSignal) => (await call<T>('GET', path, { query, signal })).data
export const post = async <T>(path: string, body: unknown = {}, signal?: AbortSignal) => (await call<T>('POST', path, { body, signal })).data
export const put = async <T>(path: string, body: unknown = {}) => (await call<T>('PUT', path, { body })).data
export const patch = async <T>(path: string, body: unknown, headers?: Record<string, string>) =>
	(await call<T>('PATCH', path, { body, headers })).data
export const remove = async <T>(path: string, headers?: Record<string, string>) => (await call<T>('DELETE', path, { headers })).data

/** The answer as a file, saved by the browser under the server's name or the given one. */
export async function download(path: string, query: Query = {}, name?: string, method = 'GET', body?: unknown): Promise<void> {
	const answer = await request(method, path, { query, body, headers: { Accept: '*/*' } })
	if (!answer.ok) throw await problemOf(answer)
	saveBlob(await answer.blob(), name ?? nameOf(answer.headers.get('Content-Disposition')) ?? 'yucheng')
}

function nameOf(disposition: string | null): string | null {
	const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/)?.[1]
	return encoded ? decodeURIComponent(encoded) : disposition?.match(/filename="([^"]*)"/)?.[1] ?? null
}

export function saveBlob(blob: Blob, name: string) {
	const link = document.createElement('a')
	link.href = URL.createObjectURL(blob)
	link.download = name
	link.click()
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** A file with fields beside it; tells how much has been sent, and is cancelled by the signal. */
export async function upload<T>(path: string, file: File, fields: Record<string, string> = {}, query: Query = {},
	progress: (sent: number, total: number) => void = () => undefined, signal?: AbortSignal): Promise<T> {
	const attempt = () => new Promise<XMLHttpRequest>((resolve, reject) => {
		const sender = new XMLHttpRequest()
		const form = new FormData()
		for (const [name, value] of Object.entries(fields)) form.append(name, value)
		form.append('file', file, file.name)
		sender.open('POST', address(path, query))
		sender.setRequestHeader('X-CSRF-Token', hooks.csrf() ?? '')
		sender.upload.onprogress = event => progress(event.loaded, event.total)
		sender.onload = () => resolve(sender)
		sender.onerror = () => reject(new Problem(0, {}))
		sender.onabort = () => reject(new DOMException('cancelled', 'AbortError'))
		signal?.addEventListener('abort', () => sender.abort())
		sender.send(form)
	})
	let answer = await attempt()
	if (answer.status === 401) {
		await hooks.renew()
		answer = await attempt()
	}
	const body = parse(answer.responseText)
	if (answer.status >= 400) throw new Problem(answer.status, body as object)
	return body as T
}

function parse(text: string): unknown {
	try { return text ? JSON.parse(text) : {} } catch { return {} }
}
