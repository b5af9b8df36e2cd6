import { useTranslations } from 'use-intl'
import { problemOf } from '@/api/problem'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'

interface RefusalProps {
  error: unknown
  /** Seconds that are left. */
  wait: number
  waited: boolean
  /** What is said when what was typed is wrong: one answer, whatever it was. */
  wrong: string
}

/** Why nobody was signed in; the seconds are read out once, and counted for the eye. */
export function Refusal({ error, wait, waited, wrong }: RefusalProps) {
  const t = useTranslations('signin')
  if (error === null) return null
  const { status, code, retryAfter } = problemOf(error)
  if (status === 429) {
    return (
      <Notice tone="warn" live>
        {wait > 0 || !waited ? t('throttled', { seconds: retryAfter ?? 1 }) : t('again')}
      </Notice>
    )
  }
  if (status === 401 || code === 'code_wrong') {
    return (
      <Notice tone="bad" live>
        {wrong}
      </Notice>
    )
  }
  return <ProblemStrip error={error} />
}
