/* What the settings of yucheng.conf are called. */
import { label } from '../app/language'
import type { Label } from '../app/language'

export const settingLabels: Record<string, Label> = {
	database: label('数据库', 'Database'),
	listen: label('监听地址', 'Address and port'),
	tls_certificate: label('TLS 证书文件', 'TLS certificate'),
	tls_key: label('TLS 私钥文件', 'TLS key'),
	trusted_proxy: label('可信反向代理', 'Trusted proxy'),
	workers: label('工作线程数', 'Worker threads'),
	queue_max: label('最大排队请求数', 'Most waiting requests'),
	connections_max: label('最大连接数', 'Most connections'),
	connections_per_address: label('每个地址最大连接数', 'Most connections of one address'),
	upload_max_mib: label('单次上传上限（MiB）', 'Largest upload (MiB)'),
	request_timeout_seconds: label('请求超时（秒）', 'Time limit of a request (s)'),
	job_workers: label('后台任务线程数', 'Threads of jobs'),
	report_timeout_seconds: label('生成报告时限（秒）', 'Time limit of a report (s)'),
	report_memory_max_mib: label('生成报告内存上限（MiB）', 'Most memory of a report (MiB)'),
	request_log: label('记录请求日志', 'Log requests'),
	session_idle_minutes: label('会话空闲时限（分钟）', 'A session ends idle after (min)'),
	session_max_hours: label('会话最长时间（小时）', 'A session lasts at most (h)'),
	sessions_per_user: label('每人最多会话数', 'Sessions a user'),
	password_length_min: label('密码最短长度', 'Shortest password'),
	lockout_failures: label('连续输错几次锁定', 'Failures until the lock'),
	lockout_minutes: label('首次锁定时长（分钟）', 'First lock (min)'),
	second_factor: label('须用第二验证因素的角色', 'Roles that need a second factor'),
	audit_sm3: label('审计链使用 SM3', 'Audit log chained by SM3')
}
