/* What the pages of disclosures, evaluations and drafts ask beside their records. */
import { call, get, post } from './client'
import type { Row } from './records'
import type { Label } from '../app/language'

/** A part of a disclosure: there when all its fields are; asked for only when the field `when` says yes. */
export interface Part { label: Label, weight: number, is_mandatory: boolean, fields: string[], when: string | null }
export interface Parts { enough: number, parts: Part[] }

export type Dimension = 'market' | 'technology' | 'prospect' | 'layout' | 'legal' | 'economy'
export interface Item {
	id: string
	/** Of the record type evaluation. */
	field: string
	dimension: Dimension
	dimension_label: Label
	label: Label
	ask: Label
	weight: number
	is_veto: boolean
	is_optional: boolean
	needs_evidence: boolean
	basis: Label
}
export interface Threshold { minimum: number, decision: string, label: Label }
export interface Items { edition: string, most: number, items: Item[], thresholds: Threshold[] }

/* Asked for once: they change with the program only. */
function once<T>(path: string): () => Promise<T> {
	let asked: Promise<T> | null = null
	return () => {
		asked ??= get<T>(path).catch(error => {
			asked = null
			throw error
		})
		return asked
	}
}
export const getParts = once<Parts>('/disclosure-parts')
export const getItems = once<Items>('/evaluation-items')

export type Cell = 'same' | 'part' | 'unsure' | 'none'
export interface EvidenceDocument { number: string, title: string, filed: string, score: number, shared: string, all_features: boolean, features: Cell[] }
export interface Evidence {
	before: string
	searched_on: string
	topic: string
	searched: number
	terms: string[]
	features: string[]
	documents: EvidenceDocument[]
	conflicting: EvidenceDocument[]
	/** Place in documents, from 1. */
	closest: number | null
	/** Places in features, from 1. */
	distinguishing: number[]
	novelty: string
	class: { symbol: string, granted: number, refused: number, grant_rate: number | null, few: boolean }
}
export const findEvidence = (wanted: { text?: string, features?: string[], topic?: string, before?: string, limit?: number, language: string }) =>
	post<Evidence>('/evidence', wanted)

/* ---- Drafts and what the drafting check finds in them. Places are characters of the part's text. */

export type PartName = 'title' | 'abstract' | 'claims' | 'description' | 'drawings'
export type Severity = 'E' | 'W' | 'I'
export interface Paragraph { number: string | null, start: number, text: string }
export interface DraftSection { part: PartName, heading: string, paragraphs: Paragraph[] }
export interface DraftClaim { number: number, text: string, parents: number[], independent: boolean, category: 'product' | 'method' | 'use', subject: string, start: number, end: number }
export interface Finding {
	file: string
	rule: string
	edition: string
	severity: Severity
	part: PartName
	claim: number | null
	start: number
	end: number
	words: string
	hint: string | null
	message: string
	suggestion: string
	basis: string
	waiver: { reason: string, by: string } | null
}
export interface DraftView { file: string, type: string, title: string, sections: DraftSection[], claims: DraftClaim[], findings: Finding[], counts: Record<Severity, number> }
export const getDraftView = (id: number, language: string, signal?: AbortSignal) => get<DraftView>(`/drafts/${id}/view`, { language }, signal)

/** Against the draft before it; null when there is none the reader may see. */
export interface Comparison { before: { id: number, title: string } | null, new: Finding[], fixed: Finding[], still: Finding[] }
export const compareDraft = (id: number, language: string, signal?: AbortSignal) => get<Comparison>(`/drafts/${id}/comparison`, { language }, signal)

/** Runs the drafting check on the draft's file; waivers: lines that take the place of those kept. */
export const runCheck = async (check: number, version: number, waivers: string[] | null, language: string) =>
	(await call<Row>('POST', `/quality-checks/${check}/run`, { body: waivers ? { waivers, language } : { language }, headers: { 'If-Match': `"${version}"` } })).data
