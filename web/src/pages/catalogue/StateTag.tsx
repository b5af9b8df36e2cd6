import { useTranslations } from 'use-intl'
import type { EventState } from '@/api/catalogue'
import { Tag } from '@/parts/Tag'

const TONES = { declared: 'ok', silent: 'plain', undeclared: 'warn', deprecated: 'warn' } as const

/** Whether an event is declared, and whether it comes. */
export function StateTag({ state }: { state: EventState }) {
  const t = useTranslations('catalogue')
  return <Tag tone={TONES[state]}>{t(`states.${state}`)}</Tag>
}
