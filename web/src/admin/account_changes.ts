/* What may be done with an account, by whom, and what is asked before. */
import { changeAccount, removeSecondFactor } from '../api/admin'
import type { Account, AccountChange } from '../api/admin'
import { hasRole } from '../api/session'
import type { RoleName } from '../api/session'
import { label } from '../app/language'
import type { Label } from '../app/language'

export interface Change {
	key: AccountChange | 'second-factor'
	label: Label
	/** {0}: the person. */
	question: Label
	done: Label
	isDangerous?: boolean
	role: RoleName
	fits(account: Account): boolean
	make(account: Account): Promise<Account>
}

const administrators: RoleName[] = ['system_admin', 'security_admin', 'audit_admin']
export const isAdministrator = (account: Account) => account.memberships.some(one => one.roles.some(role => administrators.includes(role)))

const change = (key: AccountChange) => (account: Account) => changeAccount(account.id, key)

export const changes: Change[] = [
	{ key: 'password', label: label('重设密码', 'Reset the password'), role: 'system_admin', isDangerous: true, fits: () => true, make: change('password'),
		question: label('将为 {0} 生成新的一次性密码，原密码立即失效，全部会话退出。确定吗？', '{0} gets a new one-time password; the old one and all sessions end at once. Go on?'),
		done: label('密码已重设', 'The password is reset') },
	{ key: 'disable', label: label('停用', 'Disable'), role: 'system_admin', isDangerous: true, fits: account => !account.is_disabled, make: change('disable'),
		question: label('停用后 {0} 不能登录，全部会话立即退出。确定停用吗？', '{0} can no longer log in, and all sessions end at once. Disable the account?'),
		done: label('账号已停用', 'The account is disabled') },
	{ key: 'enable', label: label('启用', 'Enable'), role: 'system_admin', fits: account => account.is_disabled, make: change('enable'),
		question: label('启用后 {0} 可以重新登录。确定吗？', '{0} can log in again. Go on?'), done: label('账号已启用', 'The account is enabled') },
	{ key: 'wake', label: label('唤醒', 'Wake'), role: 'system_admin', fits: account => account.is_dormant, make: change('wake'),
		question: label('{0} 的账号因长期未使用而休眠。确定唤醒吗？', 'The account of {0} sleeps since it was not used for long. Wake it?'), done: label('账号已唤醒', 'The account is awake') },
	{ key: 'unlock', label: label('解除锁定', 'Unlock'), role: 'security_admin', fits: account => account.is_locked, make: change('unlock'),
		question: label('{0} 因多次输错密码被锁定。请先核实本人身份。确定解除吗？', '{0} is locked after wrong passwords. Make sure who asks. Unlock?'), done: label('已解除锁定', 'Unlocked') },
	{ key: 'second-factor', label: label('移除第二验证因素', 'Remove the second factor'), role: 'security_admin', isDangerous: true, fits: account => account.has_second_factor,
		make: account => removeSecondFactor(account.id),
		question: label('移除后 {0} 仅凭密码即可登录，请先核实本人身份。确定移除吗？', '{0} then logs in by password alone. Make sure who asks. Remove it?'),
		done: label('第二验证因素已移除', 'The second factor is removed') }
]

/** Administrators' own accounts are changed at the server's console only. */
export const changesOf = (account: Account) => isAdministrator(account) ? [] : changes.filter(one => hasRole(one.role) && one.fits(account))
