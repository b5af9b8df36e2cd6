import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { type Session, sessionQuery } from '@/api/session'
import { LearnMore } from '@/parts/LearnMore'
import { useTitle } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { Mark } from '@/shell/Mark'
import { FailedProvider } from './FailedProvider'
import { pathAfterSignIn } from './next_path'
import { PlainHttp } from './PlainHttp'
import styles from './SignIn.module.css'
import { SignInForm } from './SignInForm'

/** The way in. Who is signed in already goes on at once. */
export function SignInPage() {
  const t = useTranslations('signin')
  useTitle(t('title'))
  const navigate = useNavigate()
  const { next, problem, request } = useSearch({ strict: false })
  const { data, error, refetch } = useQuery(sessionQuery)
  useEffect(() => {
    if (data?.setup_needed) void navigate({ to: '/setup', replace: true })
    else if (data?.signed_in) void navigate({ href: pathAfterSignIn(next), replace: true })
  }, [data, next, navigate])
  return (
    <main id="content" className={styles.page}>
      <div className={styles.box}>
        <header className={styles.header}>
          <Mark size={40} />
          <h1 className={styles.title}>{t('heading')}</h1>
          {data !== undefined && <p className={styles.lead}>{data.instance.name}</p>}
        </header>
        {error !== null ? (
          <ProblemStrip error={error} onRetry={() => void refetch()} />
        ) : (
          <>
            {typeof problem === 'string' && (
              <div className={styles.failed}>
                <FailedProvider
                  problem={problem}
                  request={typeof request === 'string' ? request : undefined}
                />
              </div>
            )}
            <Way session={data} next={next} onRetry={() => void refetch()} />
          </>
        )}
      </div>
      <footer className={styles.footer}>
        {t('about')} <LearnMore page="what-audit-logs-are" />
      </footer>
    </main>
  )
}

interface WayProps {
  session: Session | undefined
  next: unknown
  onRetry: () => void
}

function Way({ session, next, onRetry }: WayProps) {
  if (session === undefined || session.signed_in || session.setup_needed) {
    return <Skeleton lines={4} height={36} />
  }
  if (session.sign_in === 'refused_plain_http') return <PlainHttp onRetry={onRetry} />
  return <SignInForm email={null} next={pathAfterSignIn(next)} onDone={() => undefined} />
}
