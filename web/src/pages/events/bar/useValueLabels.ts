import { useQueries } from '@tanstack/react-query'
import { valuesQuery } from '@/api/values'
import type { LabelOf } from '@/filter/describe'
import type { Criterion } from '@/filter/state'
import { valuesOf } from '@/filter/values'
import { useValueNames } from '../value_names'

/** Names of the users that criteria name by their ids, and of values that the product defines. */
export function useValueLabels(account: string, criteria: readonly Criterion[]): LabelOf {
  const nameOf = useValueNames()
  const users = criteria
    .filter(({ column, op }) => column === 'user' && op !== 'contains' && op !== 'starts_with')
    .flatMap(valuesOf)
    .filter((value): value is string => typeof value === 'string' && value !== '')
  const distinct = [...new Set(users)]
  const answers = useQueries({
    queries: distinct.map((user) => valuesQuery(account, 'user', user)),
  })
  return (column, value) => {
    const name = nameOf(column, value)
    if (name !== undefined) return name
    if (column !== 'user' || typeof value !== 'string') return undefined
    const found = answers[distinct.indexOf(value)]?.data?.values
    return found?.find((one) => one.value === value)?.label
  }
}
