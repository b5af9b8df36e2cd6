import { useQuery } from '@tanstack/react-query'
import { declaredEventsQuery } from '@/api/event'

/** Labels of metadata by key, in the order of the catalogue. */
export type FieldLabels = ReadonlyMap<string, string>

const NONE: FieldLabels = new Map()

/** The labels that the catalogue has for the metadata of an action; none until it answers. */
export function useFieldLabels(account: string, action: string | undefined): FieldLabels {
  const { data } = useQuery(declaredEventsQuery(account))
  const declared = data?.events.find(
    (one) => one.action === action || (action !== undefined && one.aliases.includes(action)),
  )
  return declared === undefined
    ? NONE
    : new Map(declared.fields.map(({ key, label }) => [key, label]))
}
