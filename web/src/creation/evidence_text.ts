/* What the machine found, in words a person can keep and change. */
import type { Evidence } from '../api/creation'

const words = { same: '相同', part: '相近', unsure: '不确定', none: '未见' }

const searched = (evidence: Evidence) => `检索范围${evidence.topic ? `“${evidence.topic}”` : '全部文献'}，${evidence.searched_on}，${evidence.before} 前公开的文献 ${evidence.searched} 件`

export function noveltyText(evidence: Evidence): string {
	const closest = evidence.closest === null ? '' : `；最相近：${evidence.documents[evidence.closest - 1]!.number}`
	return `${evidence.novelty}（${searched(evidence)}${closest}）`
}

export function inventivenessText(evidence: Evidence): string {
	if (evidence.closest === null) return `未检索到可作最接近现有技术的文献（${searched(evidence)}）`
	const closest = evidence.documents[evidence.closest - 1]!
	const features = evidence.distinguishing.map(place => evidence.features[place - 1]).join('；')
	return `最接近的现有技术 ${closest.number}《${closest.title}》；区别特征：${features || '未见区别特征'}（${searched(evidence)}）`
}

/** A line a feature: "特征：D1 相同，D2 未见". */
export function chartText(evidence: Evidence): string {
	const documents = [...evidence.documents.slice(0, 5), ...evidence.conflicting.slice(0, 2)]
	const names = [...evidence.documents.slice(0, 5).map((_, i) => `D${i + 1}`), ...evidence.conflicting.slice(0, 2).map((_, i) => `E${i + 1}`)]
	return [...documents.map((document, i) => `${names[i]} ${document.number} ${document.title}`),
		...evidence.features.map((feature, f) => `${feature}：${documents.map((document, i) => `${names[i]} ${words[document.features[f]!]}`).join('，')}`)].join('\n')
}
