/* What pages of a type show beside its fields; loaded when such a record is opened. Gets `id` and
   `revision`, which counts the changes made on the page. */
import { defineAsyncComponent } from 'vue'
import type { Component } from 'vue'

export const insets: Record<string, Component> = {
	bottleneck: defineAsyncComponent(() => import('../../workbench/CourseInset.vue'))
}
