import type { CatalogEvent } from '@/api/catalogue'
import type { Declaration } from '@/api/declaring'
import { linesOf, textOf } from '@/parts/lines'

/** What an action does to its target, as it is chosen. */
export const VERBS = ['create', 'update', 'delete', 'read', 'other'] as const

/** What the value of a field is, as it is chosen. */
export const FIELD_TYPES = ['text', 'id', 'number', 'boolean', 'list', 'email', 'address'] as const

/** One field as it is typed. */
export interface DraftField {
  /** Tells rows apart while they are edited. */
  readonly row: number
  readonly label: string
  /** Empty for a new field: its key follows from its label. */
  readonly key: string
  readonly type: string
  readonly place: string
  readonly sensitive: boolean
}

/** A declaration as it is typed. */
export interface Draft {
  readonly action: string
  readonly event: string
  readonly category: string
  readonly description: string
  readonly verb: string
  readonly target_type: string
  readonly sentence: string
  readonly aliases: string
  readonly fields: readonly DraftField[]
}

/** What a form begins with: the declaration that is there, or what is known of the action. */
export function draftOf(known: Partial<CatalogEvent>): Draft {
  return {
    action: known.action ?? '',
    event: known.event ?? '',
    category: known.category ?? '',
    description: known.description ?? '',
    verb: known.verb ?? 'other',
    target_type: known.target_type ?? '',
    sentence: known.sentence ?? '',
    aliases: textOf(known.aliases ?? []),
    fields: (known.fields ?? []).map((field, row) => ({
      row,
      label: field.label,
      key: field.key,
      type: field.type,
      place: field.place,
      sensitive: field.sensitive,
    })),
  }
}

/** The draft with one more, empty field. */
export function withField(draft: Draft): Draft {
  const row = Math.max(-1, ...draft.fields.map((field) => field.row)) + 1
  const field = { row, label: '', key: '', type: 'text', place: 'metadata', sensitive: false }
  return { ...draft, fields: [...draft.fields, field] }
}

/** The declaration to send; what the form does not show stays as it was. */
export function declarationOf(draft: Draft, before: Partial<CatalogEvent>): Declaration {
  const given = (text: string) => (text.trim() === '' ? null : text.trim())
  return {
    event: draft.event.trim(),
    category: draft.category.trim(),
    description: draft.description.trim(),
    verb: draft.verb as Declaration['verb'],
    target_type: given(draft.target_type),
    further_targets: [...(before.further_targets ?? [])],
    sentence: given(draft.sentence),
    unsuccessful: before.unsuccessful ?? null,
    aliases: linesOf(draft.aliases),
    fields: draft.fields
      .filter(({ label }) => label.trim() !== '')
      .map(({ label, key, type, place, sensitive }) => ({
        label: label.trim(),
        ...(key !== '' && { key }),
        type: type as 'text',
        place: place as 'metadata',
        sensitive,
      })),
  }
}

/** The members that are missing, in the order of the form. */
export function missingIn(draft: Draft): readonly ('action' | 'event' | 'category')[] {
  return (['action', 'event', 'category'] as const).filter((member) => draft[member].trim() === '')
}
