/* Pages of this folder: app/page.ts says what a row holds. */
import { Upload } from '@element-plus/icons-vue'
import { label } from '../app/language'
import type { PageEntry } from '../app/page'
import { working } from '../app/roles'

export const importPages: PageEntry[] = [
	{ path: '/imports', name: 'imports', title: label('数据导入', 'Import'), icon: Upload, menu: 'navigation', shortcut: 'g i', roles: working,
		component: () => import('./ImportPage.vue') }
]
