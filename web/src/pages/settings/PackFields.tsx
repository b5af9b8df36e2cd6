import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { catalogQuery } from '@/api/catalogue'
import type { Settings } from '@/api/display'
import { CheckField } from '@/parts/CheckField'
import { FormSection } from '@/parts/FormSection'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { useAccount } from '@/shell/session'
import type { Edits } from './edits'
import styles from './Settings.module.css'

/** What Annals does itself is never left undeclared. */
const ALWAYS_ON = 'audit_log'

const PACKS = ['gale', 'kilo', 'live_agent', 'generic', 'audit_log'] as const

interface PackFieldsProps {
  shown: Settings
  onChange: (edits: Edits) => void
  disabled: boolean
}

/** The packs of the event catalogue, each on or off. */
export function PackFields({ shown, onChange, disabled }: PackFieldsProps) {
  const t = useTranslations('settings')
  const { id: account } = useAccount()
  const { data, error, isPending, refetch } = useQuery(catalogQuery(account))
  const toggle = (pack: string, on: boolean) => {
    const off = shown.packs_off.filter((one) => one !== pack)
    onChange({ packs_off: (on ? off : [...off, pack]) as Settings['packs_off'] })
  }
  return (
    <FormSection title={t('packs')} lead={t('packs_lead')}>
      {isPending && <Skeleton lines={5} height={40} />}
      {error !== null && (
        <ProblemStrip error={error} what={t('packs_failed')} onRetry={() => void refetch()} />
      )}
      {data?.packs.map(({ id, title }) => {
        const known = PACKS.find((one) => one === id)
        return (
          <CheckField
            key={id}
            label={
              <>
                {title} <code className={styles.code}>{id}</code>
              </>
            }
            detail={known && t(`pack.${known}`)}
            checked={id === ALWAYS_ON || !shown.packs_off.some((one) => one === id)}
            disabled={disabled || id === ALWAYS_ON}
            onChange={(on) => toggle(id, on)}
          />
        )
      })}
    </FormSection>
  )
}
