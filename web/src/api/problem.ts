/* What goes wrong, as the server tells it (RFC 9457) or as the browser finds it. */
import type { Label } from '../app/language'
import { language } from '../app/language'

export interface FieldProblem { field: string, key: string, message: Label }

interface Body {
	title?: string
	key?: string
	field?: string
	at?: number
	message?: Label
	errors?: (Partial<FieldProblem> & Partial<Label>)[]
	request_id?: string
}

export class Problem extends Error {
	readonly status: number
	readonly key: string
	readonly field: string | null
	readonly at: number | null
	readonly label: Label
	readonly errors: FieldProblem[]
	readonly requestId: string | null
	readonly retryAfter: number | null

	constructor(status: number, body: Body, headers?: { requestId: string | null, retryAfter: string | null }) {
		const label = body.message ?? unexplained(status)
		super(label.zh)
		this.status = status
		this.key = body.key ?? ''
		this.field = body.field ?? null
		this.at = body.at ?? null
		this.label = label
		this.errors = (body.errors ?? []).map(one => ({
			field: one.field ?? '',
			key: one.key ?? '',
			message: one.message ?? { zh: one.zh ?? '', en: one.en ?? '' }
		}))
		this.requestId = body.request_id ?? headers?.requestId ?? null
		this.retryAfter = headers?.retryAfter ? Number(headers.retryAfter) : null
	}

	/** In the language of the application. */
	get text(): string {
		return this.label[language.value]
	}
}

function unexplained(status: number): Label {
	if (status === 0) return { zh: '连接不上服务器，请检查网络后重试', en: 'The server cannot be reached; check the network and try again' }
	if (status === 403) return { zh: '没有权限', en: 'Not allowed' }
	if (status === 404) return { zh: '没有找到', en: 'Not found' }
	return { zh: `服务器应答异常（${status}）`, en: `The server answered unexpectedly (${status})` }
}

export async function problemOf(answer: Response): Promise<Problem> {
	const body = await answer.json().catch(() => ({})) as Body
	return new Problem(answer.status, body, {
		requestId: answer.headers.get('X-Request-Id'),
		retryAfter: answer.headers.get('Retry-After')
	})
}

export function asProblem(error: unknown): Problem {
	if (error instanceof Problem) return error
	if (error instanceof TypeError && /fetch|network/i.test(error.message)) return new Problem(0, {})
	return new Problem(-1, { message: { zh: `页面出错：${String(error)}`, en: `The page failed: ${String(error)}` } })
}

export function isAborted(error: unknown): boolean {
	return error instanceof DOMException && error.name === 'AbortError'
}
