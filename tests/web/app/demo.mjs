/* The demo workspace: made once for a program and a day, kept beside the program, copied for each run. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/* Whole under its name at once, so that no run copies half of one. */
function make(yucheng, kept, name) {
	mkdirSync(kept, { recursive: true })
	for (const old of readdirSync(kept)) if (!old.startsWith(name)) rmSync(join(kept, old), { recursive: true })
	const part = join(kept, `${name}.${process.pid}`)
	const made = spawnSync(yucheng, ['demo', '--data', part, '--quiet'], { encoding: 'utf8' })
	if (made.status !== 0) throw new Error(`demo: ${made.stderr}`)
	if (existsSync(join(kept, name))) rmSync(part, { recursive: true })
	else renameSync(part, join(kept, name))
}

export function copyDemo(yucheng, folder) {
	const kept = join(dirname(resolve(yucheng)), 'demo-workspaces')
	const { mtimeMs, size } = statSync(yucheng)
	const name = `${new Date().toLocaleDateString('sv')}-${Math.round(mtimeMs)}-${size}`
	if (!existsSync(join(kept, name))) make(yucheng, kept, name)
	cpSync(join(kept, name), folder, { recursive: true })
}
