import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import styles from './EventLog.module.css'
import type { Log } from './use_log'

const Facets = lazy(async () => ({ default: (await import('./Facets')).Facets }))

/** The value counts beside the list, where there is room for them. */
export function FacetRail({ log }: { log: Log }) {
  const t = useTranslations('events')
  return (
    <aside className={styles.facets} aria-label={t('facets')}>
      <Suspense>
        <Facets
          account={log.account}
          search={log.search}
          refine={log.state.refine}
          onOnly={(column, value) => log.onOnly({ column, op: 'eq', value })}
          onExclude={(column, value) => log.onExclude({ column, op: 'ne', value })}
        />
      </Suspense>
    </aside>
  )
}
