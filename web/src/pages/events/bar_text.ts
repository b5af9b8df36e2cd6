import { useTranslations } from 'use-intl'
import { rangeText } from '@/time/format'
import type { Bar } from './chart'
import { civilRange } from './civil_range'

/** What a bar says in words: its span, its count, how many failed. */
export function useBarText(zone: string): (bar: Bar | undefined) => string {
  const t = useTranslations('chart')
  const spanText = useSpanText(zone)
  return (bar) => {
    if (bar === undefined) return ''
    const { count, failed } = bar
    return t('bar', { span: spanText(bar), count, failed })
  }
}

/** The time that a bar covers: `21 Nov 2026`, `21 Nov 2026, 09:00 – 12:00`, `1 Nov 2026 – 30 Nov 2026`. */
export function useSpanText(zone: string): (bar: Pick<Bar, 'from' | 'to'>) => string {
  const time = useTranslations('time')
  return (bar) => rangeText(civilRange(bar, zone), time)
}
