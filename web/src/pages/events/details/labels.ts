import { useQuery } from '@tanstack/react-query'
import { catalogQuery } from '@/api/catalogue'

/** Labels of metadata by key, in the order of the catalogue. */
export type FieldLabels = ReadonlyMap<string, string>

const NONE: FieldLabels = new Map()

/** The labels that the catalogue has for the metadata of an action; none until it answers. */
export function useFieldLabels(account: string, action: string | undefined): FieldLabels {
  const { data } = useQuery(catalogQuery(account))
  const declared = data?.events.find(
    (one) => one.action === action || (action !== undefined && one.aliases.includes(action)),
  )
  if (declared === undefined) return NONE
  const fields = declared.fields.filter(({ place }) => place === 'metadata')
  return new Map(fields.map(({ key, label }) => [key, label]))
}
