import type { Settings } from '@/api/display'
import type { Place } from '@/api/problem'

/** What was changed and not saved yet. */
export type Edits = Partial<Settings>

/** Refusals of the server, by the field they are about. */
export type FieldErrors = Partial<Record<keyof Settings, string | undefined>>

/** The settings as they will be. */
export function withEdits(saved: Settings, edits: Edits): Settings {
  return { ...saved, ...edits }
}

/** Whether saving would change anything; lists count as equal in any order. */
export function isChanged(saved: Settings, edits: Edits): boolean {
  const plain = (value: unknown) =>
    JSON.stringify(Array.isArray(value) ? [...value].sort() : (value ?? null))
  return Object.entries(edits).some(
    ([name, value]) => plain(value) !== plain(saved[name as keyof Settings]),
  )
}

/** The refusals that name a field, such as `/name` or `/packs_off/0`. */
export function fieldErrors(places: readonly Place[]): FieldErrors {
  const found: FieldErrors = {}
  for (const { pointer, message } of places) {
    const name = pointer?.split('/')[1]
    if (name) found[name as keyof Settings] ??= message
  }
  return found
}
