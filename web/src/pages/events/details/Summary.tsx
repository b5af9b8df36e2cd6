import { IconEyeOff } from '@tabler/icons-react'
import { useId, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { EventDetails } from '@/api/event'
import { tableOf } from '@/changes/diff'
import { BeforeAfter } from '@/parts/BeforeAfter'
import { useFieldLabels } from './labels'
import { Metadata } from './Metadata'
import { useActions } from './panel_context'
import styles from './Summary.module.css'
import { What } from './What'
import { When } from './When'
import { Where } from './Where'
import { Who } from './Who'

/** What changed, then who, what, where and when, then everything else that came with the event. */
export function Summary({ event }: { event: EventDetails }) {
  const t = useTranslations('details')
  const { account } = useActions()
  const labels = useFieldLabels(account, event.action)
  const id = useId()
  const table = useMemo(() => tableOf(event.changes ?? []), [event.changes])
  const hidden = Object.keys(event.hidden ?? {})
  return (
    <>
      {hidden.length > 0 && (
        <p className={styles.notice}>
          <IconEyeOff size={15} aria-hidden />
          {t('hidden_parts', { parts: hidden.join(', ') })}
        </p>
      )}
      <section className={styles.changes} aria-labelledby={id}>
        <h3 id={id} className={styles.heading}>
          {t('changes.title')}
        </h3>
        {table.rows.length > 0 ? (
          <BeforeAfter table={table} labelledBy={id} labelOf={(key) => labels.get(key)} />
        ) : (
          <p className={styles.none}>{t('changes.none')}</p>
        )}
      </section>
      <Who event={event} />
      <What event={event} />
      <Where event={event} />
      <When event={event} />
      <Metadata event={event} labels={labels} />
    </>
  )
}
