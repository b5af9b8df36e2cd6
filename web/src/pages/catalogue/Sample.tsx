import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { newestQuery } from '@/api/catalogue'
import { CodeBlock } from '@/parts/CodeBlock'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import { longTime } from '@/time/format'
import styles from './Catalogue.module.css'

/** The newest event of this kind, as the API answers it. */
export function Sample({ action }: { action: string }) {
  const t = useTranslations('catalogue')
  const { id } = useAccount()
  const { zone } = useDisplay()
  const { data, error, isPending, refetch } = useQuery(newestQuery(id, action))
  return (
    <section className={styles.section}>
      <h2>{t('sample')}</h2>
      {isPending && <Skeleton lines={6} height={18} />}
      {error !== null && (
        <ProblemStrip error={error} what={t('sample_failed')} onRetry={() => void refetch()} />
      )}
      {data === null && <p className={styles.quiet}>{t('sample_none')}</p>}
      {data && (
        <>
          <p className={styles.quiet}>
            {t('sample_at', {
              who: data.actor.name ?? data.actor.email ?? data.actor.id ?? t('system'),
              what: data.description || data.activity,
              time: longTime(data.occurred_at, zone),
            })}
          </p>
          <CodeBlock title={t('sample_json')} text={JSON.stringify(data, null, 2)} />
        </>
      )}
    </section>
  )
}
