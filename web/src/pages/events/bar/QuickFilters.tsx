import { useTranslations } from 'use-intl'
import { includedOf, setIncluded } from '@/filter/edit'
import { useMayAsk } from '@/shell/session'
import { ActionsFilter } from './ActionsFilter'
import type { BarProps } from './bar_props'
import { DateField } from './DateField'
import { EmailField } from './EmailField'
import styles from './QuickFilters.module.css'

/** *Actions*, *Actor Email*, *Start Date* and *End Date*: each narrows what the others leave. */
export function QuickFilters(props: BarProps) {
  const { state, onChange, account } = props
  const t = useTranslations('filter')
  const mayAsk = useMayAsk()
  return (
    <fieldset className={styles.filters} aria-label={t('quick.label')}>
      <ActionsFilter
        account={account}
        chosen={includedOf(state, 'action')}
        onChoose={(actions) => onChange(setIncluded(state, 'action', actions), 'push')}
      />
      {mayAsk('actor_email') && (
        <EmailField
          emails={includedOf(state, 'actor_email')}
          onEnter={(email) =>
            onChange(setIncluded(state, 'actor_email', email === '' ? [] : [email]), 'push')
          }
        />
      )}
      <DateField side="from" {...props} />
      <DateField side="to" {...props} />
    </fieldset>
  )
}
