/* The guided order of a disclosure: what is asked for together, and a word on how to write it. */
import type { Field } from '../api/types'
import type { Label } from '../app/language'
import { label, say } from '../app/language'

export interface Section { key: string, label: Label, hint?: Label, fields: string[] }

export const disclosureSections: Section[] = [
	{ key: 'basic', label: label('基本信息', 'General'), fields: ['code', 'title', 'key_field_id', 'project_id', 'session_id', 'technical_field', 'funding', 'secrecy'] },
	{ key: 'people', label: label('发明人与贡献份额', 'Inventors and shares'), fields: ['inventors', 'shares', 'is_service', 'former_staff'],
		hint: label('仅对实质性特点作出创造性贡献的人是发明人；只负责组织、提供物质条件或者辅助工作的不列入。', 'Inventors are those who contributed to what is inventive, not who organised, paid for or helped with the work.') },
	{ key: 'problem', label: label('背景与技术问题', 'Background and problem'), fields: ['background', 'closest_art', 'problem'],
		hint: label('先写现有做法及其出处，再写它的缺陷，最后写本发明要解决的技术问题。', 'What is done today and where it is described, its defects, then the technical problem to be solved.') },
	{ key: 'solution', label: label('技术方案与特征', 'Solution and features'), fields: ['solution', 'essential', 'variants', 'is_software', 'software'],
		hint: label('必要技术特征每行一个，检索与特征对比按行进行；可选特征说明替代方案，供布局从属权利要求。', 'Essential features one a line: searches and charts go by line. Options and variants become dependent claims.') },
	{ key: 'effects', label: label('有益效果', 'Effects'), fields: ['effects', 'test_data'],
		hint: label('每项效果对应到产生它的技术特征，并说明原因；有对比试验的给出条件与数据。', 'Each effect with the feature that causes it, and why; comparisons with conditions and numbers.') },
	{ key: 'embodiments', label: label('实施方式与附图', 'Embodiments and drawings'), fields: ['embodiments', 'figures', 'material'] },
	{ key: 'protection', label: label('保护诉求', 'Protection wanted'), fields: ['goals', 'countries', 'wanted_on'] },
	{ key: 'publicity', label: label('公开情况与期限', 'Publicity and dates'), fields: ['publicity', 'public_on', 'grace_until', 'related', 'first_filed_on', 'priority_until', 'special'],
		hint: label('申请前公开会破坏新颖性。没有公开的，公开情况填“无”。', 'What was made public before filing destroys novelty. Nothing public: say “none”.') },
	{ key: 'search', label: label('查新与评估人', 'Prior art found, evaluators'), fields: ['search_query', 'search_databases', 'search_hits', 'searched_on', 'features', 'evaluators'] },
	{ key: 'decision', label: label('评估与决定', 'Evaluation and decision'),
		fields: ['round', 'evaluator_count', 'score', 'proposal', 'decision', 'decided_on', 'agency_id', 'cleared_on', 'filed_on'] }
]

/* Shown elsewhere on the page. */
const apart = new Set(['completeness', 'missing'])

export interface FilledSection extends Section { known: Field[] }

/** Each section with those of its fields the type has; what no section names comes last, under its own. */
export function fillSections(fields: Field[]): FilledSection[] {
	const byName = new Map(fields.map(field => [field.name, field]))
	const filled = disclosureSections.map(section => ({ ...section, known: section.fields.flatMap(name => byName.get(name) ?? []) }))
	const placed = new Set([...apart, ...disclosureSections.flatMap(section => section.fields)])
	for (const field of fields.filter(one => !placed.has(one.name))) {
		const found = filled.find(section => say(section.label) === say(field.section)) ?? filled[filled.length - 1]!
		found.known.push(field)
	}
	return filled.filter(section => section.known.length)
}
