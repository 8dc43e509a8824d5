/* Logging out: nothing of the person stays in the application or, unsaved, in the browser. */
import { logOut, session } from '../api/session'
import { forgetTypes } from '../api/types'
import { confirm } from '../components/notify'
import { countKept, forgetAllKept } from './kept'
import { defineMessages } from './language'
import { forgetNotices } from './notices'

const t = defineMessages({
	title: ['退出登录', 'Log out'],
	kept: ['本浏览器留存有您 {0} 份没有保存的内容，退出登录时将一并清除，他人无法在本机恢复。如需保留，请先返回保存。',
		'This browser keeps {0} of your texts that were not saved. Logging out removes them, so that nobody takes them up here. Go back and save what you need.'],
	clear: ['清除并退出', 'Remove and log out']
})

/** False: the person stays, since something is not saved. */
export async function leave(): Promise<boolean> {
	const count = countKept()
	if (count && !await confirm(t('kept', count), { title: t('title'), action: t('clear'), isDangerous: true })) return false
	const login = session.value?.login ?? ''
	await logOut()
	forgetAllKept(login)
	forgetTypes()
	forgetNotices()
	return true
}
