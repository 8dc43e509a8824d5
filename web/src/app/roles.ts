/* Who sees a page in the menu: the sets of src/api/identity.c. The server decides. */
import type { RoleName } from '../api/session'

export const centre: RoleName[] = ['director', 'ip_manager', 'researcher', 'finance']
export const office: RoleName[] = ['city_officer', 'province_officer']
export const working: RoleName[] = [...centre, ...office, 'agency']
export const reading: RoleName[] = [...working, 'expert', 'inspector']
/** Those whom targets are computed for: who reads all of a centre. */
export const figures: RoleName[] = ['director', 'ip_manager', ...office, 'inspector']
export const administrators: RoleName[] = ['system_admin', 'security_admin', 'audit_admin']
