import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { sessionQuery } from '@/api/session'
import { EmptyState } from '@/parts/EmptyState'
import { LearnMore } from '@/parts/LearnMore'
import { useTitle } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { Mark } from '@/shell/Mark'
import { PlainHttp } from '../signin/PlainHttp'
import { AccountSteps } from './AccountSteps'
import { EventStep } from './EventStep'
import { OwnerSteps } from './OwnerSteps'
import styles from './Setup.module.css'
import { stageOf } from './step'

/** The first minutes of a new server; each visit goes on where the last one ended. */
export function SetupPage() {
  const t = useTranslations('setup')
  useTitle(t('title'))
  const { data, error, refetch } = useQuery(sessionQuery)
  return (
    <main id="content" className={styles.page}>
      <header className={styles.header}>
        <Mark size={32} />
        <p className={styles.product}>{t('product')}</p>
      </header>
      <div className={styles.box}>
        {error !== null && <ProblemStrip error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton lines={6} height={40} />}
        {data?.sign_in === 'refused_plain_http' && !data.signed_in ? (
          <PlainHttp onRetry={() => void refetch()} />
        ) : (
          data !== undefined && <Stages />
        )}
      </div>
      <footer className={styles.footer}>
        {t('about')} <LearnMore page="what-audit-logs-are" />
      </footer>
    </main>
  )
}

function Stages() {
  const t = useTranslations('setup')
  const navigate = useNavigate()
  const { data } = useQuery(sessionQuery)
  const stage = data === undefined ? undefined : stageOf(data)
  const isOver = stage?.kind === 'sign_in'
  useEffect(() => {
    if (isOver) void navigate({ to: '/sign-in', search: { next: '/setup' }, replace: true })
  }, [isOver, navigate])
  switch (stage?.kind) {
    case 'owner':
      return <OwnerSteps />
    case 'account':
      return <AccountSteps />
    case 'event':
      return <EventStep account={stage.account} />
    case 'no_account':
      return <EmptyState title={t('no_account_title')}>{t('no_account_body')}</EmptyState>
    default:
      return <Skeleton lines={6} height={40} />
  }
}
