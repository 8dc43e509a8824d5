/* Short words at the top: what was done, what failed; and the question before something is lost. */
import { ElMessage, ElMessageBox } from 'element-plus'
import { defineMessages } from '../app/language'
import { asProblem, isAborted } from '../api/problem'

const t = defineMessages({
	request: ['（请求编号 {0}）', ' (request {0})'],
	cancel: ['取消', 'Cancel'],
	confirm: ['确定', 'OK']
})

export function notifyDone(text: string) {
	ElMessage({ type: 'success', message: text, grouping: true })
}

export function notifyFailure(error: unknown) {
	if (isAborted(error)) return
	const problem = asProblem(error)
	const request = problem.status >= 500 && problem.requestId ? t('request', problem.requestId) : ''
	ElMessage({ type: 'error', message: problem.text + request, duration: 6000, showClose: true, grouping: true })
}

/** True when the person agrees. */
export async function confirm(text: string, options: { title: string, action?: string, isDangerous?: boolean }): Promise<boolean> {
	return ElMessageBox.confirm(text, options.title, {
		confirmButtonText: options.action ?? t('confirm'),
		cancelButtonText: t('cancel'),
		confirmButtonClass: options.isDangerous ? 'el-button--danger' : '',
		autofocus: !options.isDangerous
	}).then(() => true, () => false)
}
