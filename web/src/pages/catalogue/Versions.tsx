import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { versionsQuery } from '@/api/declaring'
import { Moment } from '@/parts/Moment'
import { ProblemStrip } from '@/parts/Problem'
import { Table } from '@/parts/Table'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import styles from './Catalogue.module.css'

/** Who changed the declaration of an action, and when. */
export function Versions({ action }: { action: string }) {
  const t = useTranslations('catalogue')
  const { id } = useAccount()
  const { zone } = useDisplay()
  const { data, error, refetch } = useQuery(versionsQuery(id, action))
  if (error !== null) {
    return <ProblemStrip error={error} what={t('versions_failed')} onRetry={() => void refetch()} />
  }
  if (data === undefined || data.length === 0) return null
  return (
    <section className={styles.section}>
      <h2>{t('versions')}</h2>
      <Table
        caption={t('versions')}
        columns={[
          {
            key: 'version',
            title: t('version'),
            cell: ({ version }) => t('times', { count: version }),
          },
          { key: 'change', title: t('change'), cell: ({ change }) => change },
          { key: 'by', title: t('by'), cell: ({ by }) => by.name },
          {
            key: 'at',
            title: t('at'),
            cell: ({ at }) => <Moment at={at} zone={zone} show="elapsed" />,
          },
        ]}
        rows={data}
        rowKey={({ version }) => String(version)}
      />
    </section>
  )
}
