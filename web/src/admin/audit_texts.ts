/* What the actions of the audit log are called; one that is not here is shown as it is written. */
import { label } from '../app/language'
import type { Label } from '../app/language'

export const actionLabels: Record<string, Label> = {
	'account.log_in': label('登录', 'Log in'),
	'account.log_in_refused': label('登录被拒', 'Login refused'),
	'account.log_out': label('退出登录', 'Log out'),
	'account.create_account': label('建立账号', 'Make an account'),
	'account.change_password': label('修改密码', 'Change the password'),
	'account.reset_password': label('重设密码', 'Reset a password'),
	'account.disable': label('停用账号', 'Disable an account'),
	'account.enable': label('启用账号', 'Enable an account'),
	'account.wake': label('唤醒账号', 'Wake an account'),
	'account.unlock': label('解除锁定', 'Unlock'),
	'account.add_second_factor': label('启用第二验证因素', 'Add a second factor'),
	'account.remove_second_factor': label('移除第二验证因素', 'Remove a second factor'),
	'account.create_token': label('创建令牌', 'Make a token'),
	'account.revoke_token': label('撤销令牌', 'Revoke a token'),
	'account.revoke_session': label('结束会话', 'End a session'),
	'account.switch_organisation': label('切换机构', 'Switch the organisation'),
	'audit.export': label('导出审计日志', 'Export the audit log'),
	'record.create': label('新建记录', 'Make a record'),
	'record.update': label('修改记录', 'Change a record'),
	'record.delete': label('删除记录', 'Remove a record'),
	'record.unmask': label('查看敏感字段', 'See sensitive fields'),
	'record.comment': label('发表意见', 'Comment'),
	'record.file': label('附件变更', 'Change attachments'),
	'import.submit': label('提交导入', 'Submit an import'),
	'report.submit': label('提交报告', 'Submit a report'),
	'backup.submit': label('提交备份', 'Submit a backup'),
	'job.cancel': label('取消任务', 'Cancel a job'),
	'query.save': label('保存检索式', 'Save a query'),
	'query.delete': label('删除检索式', 'Remove a query'),
	'topic.tree': label('修改分解表', 'Change a tree')
}

export const groups: [string, Label][] = [
	['account.', label('账号与登录', 'Accounts and logins')],
	['record.', label('业务记录', 'Records')],
	['import.', label('数据导入', 'Imports')],
	['report.', label('报告', 'Reports')],
	['backup.', label('备份', 'Backups')],
	['audit.', label('审计', 'The audit log')]
]
