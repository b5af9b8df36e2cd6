import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { onSignedOut } from '@/api/client'
import { sessionQuery } from '@/api/session'
import { Button } from '@/parts/Button'
import styles from './SessionEnd.module.css'
import { useSignedIn } from './session'

const SignInDialog = lazy(async () => ({
  default: (await import('@/pages/signin/SignInDialog')).SignInDialog,
}))

const WARNED_BEFORE_MS = 120_000
/** The longest delay that browsers count correctly. */
const LONGEST_TIMER_MS = 2_000_000_000

/** Warns two minutes before the session ends, and signs in again over the page when it has ended. */
export function SessionEnd() {
  const t = useTranslations('session')
  const queries = useQueryClient()
  const { person, expires_at, viewer } = useSignedIn()
  const { refetch } = useQuery({ ...sessionQuery, enabled: false })
  const [state, setState] = useState<'fine' | 'ending' | 'ended'>('fine')
  useEffect(() => onSignedOut(() => setState('ended')), [])
  useEffect(() => {
    setState('fine')
    const left = Date.parse(expires_at) - Date.now() - WARNED_BEFORE_MS
    const timer = setTimeout(
      () => setState('ending'),
      Math.min(Math.max(left, 0), LONGEST_TIMER_MS),
    )
    return () => clearTimeout(timer)
  }, [expires_at])
  const done = () => {
    setState('fine')
    void queries.invalidateQueries()
  }
  if (state === 'fine') return null
  // Nobody can sign in to a portal link again: the page stays, and says where a new one comes from.
  if (viewer === true) {
    return (
      <div role="alert" className={styles.warning}>
        <p>
          {state === 'ended' && <strong>{t('view_ended')} </strong>}
          {state === 'ended' ? t('view_again') : t('view_ending')}
        </p>
      </div>
    )
  }
  if (state === 'ended') {
    return (
      <Suspense>
        <SignInDialog opened email={person.email} onDone={done} />
      </Suspense>
    )
  }
  return (
    <div role="alert" className={styles.warning}>
      <p>{t('ending')}</p>
      <Button look="primary" size="sm" onClick={() => void refetch()}>
        {t('stay')}
      </Button>
    </div>
  )
}
