import { useTranslations } from 'use-intl'
import type { Preferences, Settings } from '@/api/display'
import { FormSection } from '@/parts/FormSection'
import { weekStartOf } from '@/time/week'
import { WeekField } from './WeekField'
import { ZoneChoice } from './ZoneChoice'

/** What a group of fields shows and changes. */
export interface FieldsProps {
  chosen: Preferences
  /** What is in force while nothing is chosen; undefined until it is known. */
  account?: Settings | undefined
  onChange: (edits: Partial<Preferences>) => void
}

/** Time zone and week. */
export function TimeFields({ chosen, account, onChange }: FieldsProps) {
  const t = useTranslations('preferences')
  const inherited = account?.week_start ?? weekStartOf(navigator.language)
  const from = account?.week_start ? 'week_account' : 'week_region'
  return (
    <FormSection title={t('time')} lead={t('time_lead')}>
      <ZoneChoice
        value={chosen.time_zone ?? null}
        accountZone={account?.time_zone ?? null}
        onChange={(time_zone) => onChange({ time_zone })}
      />
      <WeekField
        value={chosen.week_start ?? null}
        otherwise={t(from, { day: t(`days.${inherited}`) })}
        onChange={(week_start) => onChange({ week_start })}
      />
    </FormSection>
  )
}
