/* What each role begins with: the groups of the menu that come first and lie open, and the ways offered on its
   workbench. Everything else it may use stands below, folded. */
import type { RoleName } from '../api/session'
import { session } from '../api/session'
import type { MenuGroup } from './page'

interface Start { groups: MenuGroup[], ways: string[] }

const administrator: Start = { groups: ['administration', 'people'], ways: [] }

/* A way is the key of a row of the menu, or the name of a page. */
const starts: Record<RoleName, Start> = {
	director: { groups: ['cultivation', 'docket', 'operation'], ways: [] },
	ip_manager: { groups: ['navigation', 'creation', 'docket'], ways: [] },
	researcher: { groups: ['creation', 'navigation', 'cultivation'],
		ways: ['disclosure-new', 'records/disclosure', 'navigator', 'topics', 'evaluations', 'calendar'] },
	finance: { groups: ['docket', 'operation'], ways: ['fee-plan', 'records/fee', 'records/deal_income', 'income', 'calendar', 'records/product_year'] },
	agency: { groups: ['creation', 'docket'], ways: ['records/draft', 'records/disclosure', 'records/patent_case', 'records/notice', 'calendar', 'navigator'] },
	city_officer: { groups: ['programme', 'cultivation', 'operation'], ways: [] },
	province_officer: { groups: ['programme', 'cultivation', 'operation'], ways: [] },
	expert: { groups: ['navigation'], ways: ['navigator', 'watches', 'board', 'matrix', 'networks', 'reports'] },
	inspector: { groups: ['programme', 'docket', 'operation'], ways: [] },
	system_admin: administrator,
	security_admin: administrator,
	audit_admin: administrator
}

const mine = () => session.value?.roles.map(role => starts[role]) ?? []

/** Of all roles of the person, each once. */
export const leadingGroups = () => [...new Set<string>(mine().flatMap(start => start.groups))]
export const firstWays = () => [...new Set(mine().flatMap(start => start.ways))]
