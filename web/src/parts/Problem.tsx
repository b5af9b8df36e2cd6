import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { problemOf } from '@/api/problem'
import { Button } from './Button'
import styles from './Problem.module.css'

/** A sentence for a failed request: what went wrong and what to do, never a bare code. */
export function useProblemText(): (error: unknown) => string {
  const t = useTranslations('problem')
  return (error) => {
    const problem = problemOf(error)
    if (problem.status === 0) return t('offline')
    if (problem.status === 401) return t('signed_out')
    if (problem.status === 403) return t('forbidden', { detail: problem.detail })
    if (problem.status === 413) return t('too_large')
    if (problem.status === 429) return t('too_many', { seconds: problem.retryAfter ?? 1 })
    const place = problem.errors[0]?.message
    return place ?? (problem.detail || t('unknown'))
  }
}

interface ProblemStripProps {
  error: unknown
  onRetry?: () => void
  /** What failed, such as "The chart could not be loaded." */
  what?: string
}

/** An inline strip in the place of what failed; everything else on the page stays as it was. */
export function ProblemStrip({ error, onRetry, what }: ProblemStripProps) {
  const t = useTranslations('problem')
  const text = useProblemText()
  const { requestId } = problemOf(error)
  return (
    <div role="alert" className={styles.strip}>
      <IconAlertTriangle size={16} aria-hidden className={styles.icon} />
      <p className={styles.text}>
        {what !== undefined && <strong>{what} </strong>}
        {text(error)}
        {requestId !== null && (
          <span className={styles.request}>{t('request', { id: requestId })}</span>
        )}
      </p>
      {onRetry !== undefined && (
        <Button size="sm" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  )
}
