import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import DataTable from './DataTable.vue'

const columns = [{ key: 'name', label: '名称', isSortable: true, card: 'title' as const }, { key: 'count', label: '件数', align: 'right' as const }]
const items = Array.from({ length: 10_000 }, (_, i) => ({ id: i, name: `文献 ${i}`, count: i }))

const table = (more: object = {}) => mount(DataTable as never, {
	props: { columns, items, itemKey: (item: { id: number }) => item.id, label: '文献', ...more } as never,
	slots: { cell: `<template #cell="{ item, column }">{{ item[column.key] }}</template>` }
})

test('of ten thousand rows only those in sight are in the page', async () => {
	const wrapper = table()
	expect(wrapper.findAll('tbody tr:not([aria-hidden])').length).toBeLessThan(60)
	expect(wrapper.find('table').attributes('aria-rowcount')).toBe('10000')
	const box = wrapper.find('.table-box')
	box.element.scrollTop = 38 * 5000
	await box.trigger('scroll')
	expect(wrapper.text()).toContain('文献 5000')
	expect(wrapper.text()).not.toContain('文献 0')
})

test('a heading sorts up, then down', async () => {
	const up = table()
	await up.find('.sorter').trigger('click')
	expect(up.emitted('sort')).toEqual([['name']])
	const down = table({ sort: 'name' })
	await down.find('.sorter').trigger('click')
	expect(down.emitted('sort')).toEqual([['-name']])
	expect(down.find('th').attributes('aria-sort')).toBe('ascending')
})

test('rows are chosen and given up', async () => {
	const wrapper = table({ canSelect: true, selected: [1] })
	const boxes = wrapper.findAll('tbody input')
	await boxes[2]!.setValue(true)
	await boxes[1]!.setValue(false)
	expect(wrapper.emitted('update:selected')).toEqual([[[1, 2]], [[]]])
})
