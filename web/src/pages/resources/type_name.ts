import { useQuery } from '@tanstack/react-query'
import { resourceTypesQuery } from '@/api/resources'
import { labelOfKey } from '@/changes/field'
import { useAccount } from '@/shell/session'

/** The catalogue's plural of a type of resources: *Agents*; until it is there, the type itself. */
export function usePlural(type: string): string {
  const { data } = useQuery(resourceTypesQuery(useAccount().id))
  return data?.types.find((one) => one.type === type)?.plural ?? labelOfKey(type)
}

/** The plural inside a sentence: *agents*, *API keys*, *automation rules*. */
export function inSentence(plural: string): string {
  return plural.replace(/\p{Lu}\p{Ll}+/gu, (word) => word.toLowerCase())
}
