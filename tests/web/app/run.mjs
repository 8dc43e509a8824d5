/*
 * Runs the tests of the web application: node run.mjs YUCHENG OUTPUT [PART…]. A part is NAME.test.mjs
 * beside this file with tests = { 'what holds': async () => … }; all of them share one server. Exit
 * status 77 when there is no Chromium.
 */
import { readdirSync } from 'node:fs'
import { hasBrowser, start, stop, takeProblems } from './harness.mjs'

const [yucheng, output, ...wanted] = process.argv.slice(2)
if (!hasBrowser()) {
	console.error('skipped: no browser')
	process.exit(77)
}
const parts = readdirSync(new URL('.', import.meta.url)).filter(file => file.endsWith('.test.mjs')).map(file => file.slice(0, -9)).sort()
	.filter(part => !wanted.length || wanted.includes(part))
let failed = 0

async function run(part, name, test) {
	const from = Date.now()
	try {
		await test()
	} catch (error) {
		takeProblems().forEach(problem => console.error(`	${problem}`))
		console.error(`FAILED ${part}: ${name}: ${String(error.stack ?? error).split('\n').slice(0, 12).join('\n')}`)
		return failed++
	}
	const problems = [...new Set(takeProblems())]
	console.log(`${problems.length ? 'FAILED' : 'ok'} ${part}: ${name} (${Date.now() - from} ms)`)
	problems.forEach(problem => console.log(`	${problem}`))
	if (problems.length) failed++
}

try {
	await start(yucheng, output)
	for (const part of parts) {
		const { tests } = await import(`./${part}.test.mjs`)
		for (const [name, test] of Object.entries(tests)) await run(part, name, test)
	}
} finally {
	await stop()
}
process.exit(failed ? 1 : 0)
