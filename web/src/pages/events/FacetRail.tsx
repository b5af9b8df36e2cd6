import { useTranslations } from 'use-intl'
import styles from './EventLog.module.css'
import { Facets } from './Facets'
import type { Log } from './use_log'

/** The value counts beside the list, where there is room for them. */
export function FacetRail({ log }: { log: Log }) {
  const t = useTranslations('events')
  return (
    <aside className={styles.facets} aria-label={t('facets')}>
      <Facets
        account={log.account}
        search={log.search}
        refine={log.state.refine}
        onOnly={(column, value) => log.onOnly({ column, op: 'eq', value })}
        onExclude={(column, value) => log.onExclude({ column, op: 'ne', value })}
      />
    </aside>
  )
}
