import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { problemOf } from '@/api/problem'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'
import styles from '../signin/SignIn.module.css'

interface DeadLinkProps {
  /** What went wrong; null when the address carries no code. */
  error: unknown
  /** What to do about a link that works no more. */
  advice: string
  onRetry: () => void
}

/** A link that leads nowhere: expired, used and unknown ones look alike, what may still work can be tried again. */
export function DeadLink({ error, advice, onRetry }: DeadLinkProps) {
  const t = useTranslations('links')
  const isDead = problemOf(error).status === 404
  if (error !== null && !isDead) return <ProblemStrip error={error} onRetry={onRetry} />
  return (
    <div className={styles.form}>
      <Notice tone="warn" title={t(isDead ? 'dead_title' : 'bare_title')} live>
        <p>{isDead ? t('dead_body') : t('bare_body')}</p>
        <p>{advice}</p>
      </Notice>
      <p className={styles.other}>
        <Link to="/sign-in">{t('to_sign_in')}</Link>
      </p>
    </div>
  )
}
