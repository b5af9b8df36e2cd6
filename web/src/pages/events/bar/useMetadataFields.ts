import { useQuery } from '@tanstack/react-query'
import { catalogQuery } from '@/api/catalogue'

/** A field of the metadata that can be chosen by its label. */
export interface MetadataField {
  readonly key: string
  readonly label: string
}

/** The fields that the catalogue of the account declares, each once, by their labels. */
export function useMetadataFields(account: string): readonly MetadataField[] {
  const { data } = useQuery(catalogQuery(account))
  const labels = new Map<string, string>()
  for (const { fields } of data?.events ?? []) {
    for (const { key, label } of fields) if (!labels.has(key)) labels.set(key, label)
  }
  const compare = new Intl.Collator('en').compare
  return [...labels]
    .map(([key, label]) => ({ key, label }))
    .sort((one, other) => compare(one.label, other.label))
}
