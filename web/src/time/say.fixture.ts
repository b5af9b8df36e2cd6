import { createTranslator } from 'use-intl/core'
import texts from '@/messages/en.json'
import type { Say } from './format'

/** Fills in the real messages of a namespace, without React. */
export function sayIn<Key extends string>(namespace: 'time' | 'filter'): Say<Key> {
  const translate = createTranslator({ locale: 'en', messages: texts, namespace }) as (
    key: string,
    values?: Record<string, string | number>,
  ) => string
  return (key, values) => translate(key, values)
}
