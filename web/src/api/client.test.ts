import { beforeEach, expect, test, vi } from 'vitest'
import { address, call, get, post, useSessionHooks } from './client'
import { Problem } from './problem'

const problem = (status: number, body: object) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json', 'X-Request-Id': 'abc' } })
const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
const answers: Response[] = []
const asked = vi.fn((_: string, __: RequestInit) => Promise.resolve(answers.shift()!))
const renew = vi.fn(() => { csrf = 'second'; return Promise.resolve() })
const refresh = vi.fn(() => Promise.resolve())
let csrf = 'first'

beforeEach(() => {
	vi.stubGlobal('fetch', asked)
	asked.mockClear()
	renew.mockClear()
	refresh.mockClear()
	answers.length = 0
	csrf = 'first'
	useSessionHooks({ csrf: () => csrf, renew, refresh })
})

const sent = (i: number) => asked.mock.calls[i]![1].headers as Record<string, string>

test('an ended session is renewed and the same request sent again', async () => {
	answers.push(problem(401, { key: 'auth.session_ended' }), json({ id: 5 }, 201))
	expect(await post('/records/topic', { fields: { name: '甲' } })).toEqual({ id: 5 })
	expect(renew).toHaveBeenCalledTimes(1)
	expect(asked.mock.calls[1]![1].body).toBe(asked.mock.calls[0]![1].body)
	expect([sent(0)['X-CSRF-Token'], sent(1)['X-CSRF-Token']]).toEqual(['first', 'second'])
})

test('a second refusal is told', async () => {
	answers.push(problem(401, { key: 'auth.session_ended' }), problem(401, { key: 'auth.session_ended' }))
	await expect(get('/topics')).rejects.toMatchObject({ status: 401, key: 'auth.session_ended' })
})

test('a wrong password at the login asks for nothing', async () => {
	answers.push(problem(401, { key: 'auth.wrong', message: { zh: '登录名或密码不正确', en: 'wrong' } }))
	await expect(call('POST', '/session', { isLogin: true, body: {} })).rejects.toMatchObject({ text: '登录名或密码不正确' })
	expect(renew).not.toHaveBeenCalled()
})

test('a token of another window is fetched anew', async () => {
	answers.push(problem(403, { key: 'auth.csrf' }), new Response(null, { status: 204 }))
	expect(await post('/x')).toBeUndefined()
	expect(refresh).toHaveBeenCalledTimes(1)
})

test('wrong fields are kept in both languages, also in the short form', async () => {
	answers.push(problem(422, { key: 'record.invalid', message: { zh: '填写有误', en: 'wrong' }, request_id: 'r1',
		errors: [{ field: 'year', key: 'record.range', zh: '超出范围', en: 'out of range' }, { field: 'name', key: 'k', message: { zh: '必填', en: 'needed' } }] }))
	const error = await post('/records/topic').catch(one => one as Problem) as Problem
	expect(error.requestId).toBe('r1')
	expect(error.errors.map(one => one.message.zh)).toEqual(['超出范围', '必填'])
})

test('a server that is not there is said to be so', async () => {
	asked.mockImplementationOnce(() => Promise.reject(new TypeError('Failed to fetch')))
	await expect(get('/topics')).rejects.toMatchObject({ status: 0 })
})

test('addresses leave out what is not given', () => {
	expect(address('/records/topic', { search: 'a&b', page: '', limit: 5, sort: null })).toBe('/api/v1/records/topic?search=a%26b&limit=5')
})
