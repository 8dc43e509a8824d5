/* Pages of this folder: app/page.ts says what a row holds. */
import type { PageEntry } from '../app/page'

export const importPages: PageEntry[] = []
