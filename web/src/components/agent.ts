/* "Chrome 120 · Windows" instead of what a browser says of itself. */
const browsers: [RegExp, string][] = [
	[/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'], [/\bQQBrowser\/(\d+)/, 'QQ'], [/\bMicroMessenger\/(\d+)/, '微信 WeChat'], [/\b360(?:SE|EE)\b()/, '360'],
	[/\bFirefox\/(\d+)/, 'Firefox'], [/\b(?:Headless)?Chrome\/(\d+)/, 'Chrome'], [/\bVersion\/(\d+).*Safari/, 'Safari'], [/^curl\/(\d+)/, 'curl']
]
const systems: [RegExp, string][] = [
	[/HarmonyOS/, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/UOS/, 'UOS'], [/Linux/, 'Linux']
]

/** What is not known of stays as it is. */
export function agentText(agent: string | null): string {
	const browser = browsers.find(([pattern]) => pattern.test(agent ?? ''))
	if (!agent || !browser) return agent || '—'
	const version = browser[0].exec(agent)![1], system = systems.find(([pattern]) => pattern.test(agent))?.[1]
	return [[browser[1], version].filter(Boolean).join(' '), system].filter(Boolean).join(' · ')
}
