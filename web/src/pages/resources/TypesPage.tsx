import { IconBox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormatter, useTranslations } from 'use-intl'
import { resourceTypesQuery } from '@/api/resources'
import { EmptyState } from '@/parts/EmptyState'
import { Page } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { useAccount } from '@/shell/session'
import styles from './Table.module.css'

/** Every type of resource that events were about. */
export function TypesPage() {
  const t = useTranslations('resources')
  const format = useFormatter()
  const account = useAccount()
  const { data, error, refetch } = useQuery(resourceTypesQuery(account.id))
  return (
    <Page title={t('types.title')} lead={t('types.lead')} guide="view-the-log">
      {error !== null && (
        <ProblemStrip error={error} what={t('failed')} onRetry={() => void refetch()} />
      )}
      {data === undefined && error === null && <Skeleton lines={12} height={40} />}
      {data?.types.length === 0 && (
        <EmptyState title={t('types.none')} icon={<IconBox size={22} />}>
          {t('types.none_body')}
        </EmptyState>
      )}
      {data !== undefined && data.types.length > 0 && (
        <table className={styles.table}>
          <caption className="visually-hidden">{t('types.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('types.name')}</th>
              <th scope="col">{t('types.type')}</th>
              <th scope="col" className={styles.number}>
                {t('types.count')}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.types.map(({ type, plural, count }) => (
              <tr key={type}>
                <th scope="row">
                  <Link
                    to="/a/$account/resources/$type"
                    params={{ account: account.id, type }}
                    className={styles.name ?? ''}
                  >
                    {plural}
                  </Link>
                </th>
                <td>
                  <code className={styles.code}>{type}</code>
                </td>
                <td className={styles.number}>{format.number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  )
}
