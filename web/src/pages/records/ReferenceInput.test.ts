import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import ReferenceInput from './ReferenceInput.vue'

const asked: { words: string, answer(titles: string[]): void }[] = []
vi.mock('../../api/records', () => ({
	listRecords: (_: string, { search }: { search: string }) => new Promise(resolve => {
		asked.push({ words: search, answer: titles => resolve({ records: titles.map((title, id) => ({ id: id + 1, title })) }) })
	}),
	getRecord: () => Promise.reject(new Error('not asked for'))
}))

test('what is typed before the first list has come is not overtaken by it', async () => {
	const wrapper = mount(ReferenceInput, { props: { type: 'user', modelValue: null }, attachTo: document.body })
	await wrapper.find('.el-select__wrapper').trigger('click')
	expect(asked.map(one => one.words)).toEqual([''])
	await wrapper.find('input').setValue('许')
	await vi.waitFor(() => expect(asked.map(one => one.words)).toEqual(['', '许']))
	asked[1]!.answer(['示例·许知微'])
	asked[0]!.answer(['示例·秦远航', '示例·许知微'])
	await flushPromises()
	await vi.waitFor(() => expect([...document.querySelectorAll('.el-select-dropdown__item')].map(one => one.textContent)).toEqual(['示例·许知微']))
	expect(asked.map(one => one.words)).toEqual(['', '许'])
	wrapper.unmount()
})

test('what was found stays when the form around tells anew what is chosen', async () => {
	asked.length = 0
	const titles = () => [...document.querySelectorAll('.el-select-dropdown__item')].map(one => one.textContent)
	const wrapper = mount(ReferenceInput, { props: { type: 'user', isMultiple: true, modelValue: [7], known: [{ id: 7, title: '示例·何翼飞' }] }, attachTo: document.body })
	await wrapper.find('.el-select__wrapper').trigger('click')
	asked[0]!.answer(['示例·秦远航'])
	await vi.waitFor(() => expect(titles()).toEqual(['示例·秦远航', '示例·何翼飞']))
	await wrapper.setProps({ known: [{ id: 7, title: '示例·何翼飞' }] })
	expect(titles()).toEqual(['示例·秦远航', '示例·何翼飞'])
	wrapper.unmount()
})
