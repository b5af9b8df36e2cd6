import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { Settings } from '@/api/display'
import { firewallQuery } from '@/api/firewall'
import { CheckField } from '@/parts/CheckField'
import { FormSection } from '@/parts/FormSection'
import { linesOf, textOf } from '@/parts/lines'
import { Moment } from '@/parts/Moment'
import { Table } from '@/parts/Table'
import { TextArea } from '@/parts/TextArea'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import type { Edits } from './edits'
import styles from './Settings.module.css'

const LISTS = ['names', 'allow', 'prefixes'] as const

interface FirewallFieldsProps {
  shown: Settings
  onChange: (edits: Edits) => void
  disabled: boolean
  error: string | undefined
}

/** What the account takes for a secret beside what everybody does, and what was removed so far. */
export function FirewallFields({ shown, onChange, disabled, error }: FirewallFieldsProps) {
  const t = useTranslations('settings')
  const rules = shown.firewall
  return (
    <FormSection title={t('firewall')} lead={t('firewall_lead')}>
      <CheckField
        label={t('entropy')}
        detail={t('entropy_detail')}
        checked={rules.entropy}
        disabled={disabled}
        onChange={(entropy) => onChange({ firewall: { ...rules, entropy } })}
      />
      {LISTS.map((list) => (
        <TextArea
          key={list}
          label={t(`firewall_list.${list}`)}
          description={t(`firewall_hint.${list}`)}
          rows={2}
          spellCheck={false}
          autoComplete="off"
          defaultValue={textOf(rules[list])}
          disabled={disabled}
          onChange={(event) =>
            onChange({ firewall: { ...rules, [list]: linesOf(event.currentTarget.value) } })
          }
        />
      ))}
      {error !== undefined && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
      <Removed />
    </FormSection>
  )
}

/** How many secrets were removed, by rule. */
function Removed() {
  const t = useTranslations('settings')
  const { id } = useAccount()
  const { zone } = useDisplay()
  const { data } = useQuery(firewallQuery(id))
  if (data === undefined) return null
  if (data.rules.length === 0) return <p className={styles.quiet}>{t('removed_none')}</p>
  return (
    <>
      <p className={styles.quiet}>{t('removed', { count: data.total })}</p>
      <Table
        caption={t('removed_caption')}
        columns={[
          { key: 'rule', title: t('rule'), cell: ({ rule }) => <code>{rule}</code> },
          {
            key: 'last',
            title: t('last_removed'),
            cell: ({ last_at }) => <Moment at={last_at} zone={zone} show="elapsed" />,
          },
          {
            key: 'count',
            title: t('removed_count'),
            numeric: true,
            cell: ({ count }) => t('number', { count }),
          },
        ]}
        rows={data.rules}
        rowKey={({ rule }) => rule}
      />
    </>
  )
}
