import { useTranslations } from 'use-intl'
import type { Value } from '@/filter/state'

const RESULTS = ['success', 'failure', 'denied', 'error'] as const
const VERBS = ['create', 'update', 'delete', 'read', 'other'] as const

/** The names of values that the product itself defines; undefined for all others, which are data. */
export function useValueNames(): (column: string, value: Value | undefined) => string | undefined {
  const t = useTranslations('events')
  return (column, value) => {
    const result = column === 'result' ? RESULTS.find((one) => one === value) : undefined
    if (result !== undefined) return t(`result.${result}`)
    const verb = column === 'verb' ? VERBS.find((one) => one === value) : undefined
    return verb && t(`verb.${verb}`)
  }
}
