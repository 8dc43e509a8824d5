/* Pages of the three administrators; app/page.ts says what a row holds. */
import { Coin, Document, Key, List, Monitor, OfficeBuilding, Tickets, User } from '@element-plus/icons-vue'
import { label } from '../app/language'
import type { PageEntry } from '../app/page'

export const adminPages: PageEntry[] = [
	{ path: '/admin/organisations', name: 'admin-organisations', title: label('组织机构', 'Organisations'), icon: OfficeBuilding, menu: 'administration',
		roles: ['system_admin'], component: () => import('./OrganisationsPage.vue') },
	{ path: '/admin/accounts', name: 'admin-accounts', title: label('用户与账号', 'Users and accounts'), icon: User, menu: 'administration',
		roles: ['system_admin', 'security_admin'], component: () => import('./AccountsPage.vue') },
	{ path: '/admin/roles', name: 'admin-roles', title: label('角色授权', 'Roles'), icon: Key, menu: 'administration',
		roles: ['system_admin', 'security_admin'], component: () => import('./RolesPage.vue') },
	{ path: '/admin/logins', name: 'admin-logins', title: label('登录日志', 'Logins'), icon: Tickets, menu: 'administration',
		roles: ['security_admin'], component: () => import('./LoginsPage.vue') },
	{ path: '/admin/audit', name: 'admin-audit', title: label('审计日志', 'Audit log'), icon: Document, menu: 'administration',
		roles: ['audit_admin'], component: () => import('./AuditPage.vue') },
	{ path: '/admin/server', name: 'admin-server', title: label('运行状态与设置', 'Server and settings'), icon: Monitor, menu: 'administration',
		roles: ['system_admin'], component: () => import('./ServerPage.vue') },
	{ path: '/admin/jobs', name: 'admin-jobs', title: label('全部任务', 'All jobs'), icon: List, menu: 'administration',
		roles: ['system_admin'], component: () => import('./ServerJobsPage.vue') },
	{ path: '/admin/backups', name: 'admin-backups', title: label('备份', 'Backups'), icon: Coin, menu: 'administration',
		roles: ['system_admin'], component: () => import('./BackupsPage.vue') }
]
