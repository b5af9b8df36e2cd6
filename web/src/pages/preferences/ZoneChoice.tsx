import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ChoiceField } from '@/parts/ChoiceField'
import { ZoneField } from '@/parts/ZoneField'
import { now } from '@/time/clock'
import { zoneLabel } from '@/time/format'
import { browserZone } from '@/time/zone'

type Way = 'browser' | 'account' | 'utc' | 'other'

interface ZoneChoiceProps {
  /** An IANA name; null: that of the browser. */
  value: string | null
  onChange: (zone: string | null) => void
  accountZone: string | null
}

/** Browser, Account, UTC or another zone: the same four as in the time picker. */
export function ZoneChoice({ value, onChange, accountZone }: ZoneChoiceProps) {
  const t = useTranslations('preferences')
  const [isOther, setOther] = useState(false)
  const label = (zone: string) => zoneLabel(zone, now())
  const way: Way = isOther
    ? 'other'
    : value === null
      ? 'browser'
      : value === accountZone
        ? 'account'
        : value === 'UTC'
          ? 'utc'
          : 'other'
  const choose = (next: Way) => {
    setOther(next === 'other')
    if (next === 'browser') onChange(null)
    if (next === 'account') onChange(accountZone)
    if (next === 'utc') onChange('UTC')
  }
  return (
    <>
      <ChoiceField<Way>
        label={t('zone')}
        value={way}
        onChange={choose}
        choices={[
          { value: 'browser', label: t('zone_browser', { zone: label(browserZone()) }) },
          ...(accountZone === null || accountZone === 'UTC'
            ? []
            : [
                {
                  value: 'account' as const,
                  label: t('zone_account', { zone: label(accountZone) }),
                },
              ]),
          { value: 'utc', label: t('zone_utc') },
          { value: 'other', label: t('zone_other') },
        ]}
      />
      {way === 'other' && (
        <ZoneField label={t('zone_name')} value={value ?? browserZone()} onChange={onChange} />
      )}
    </>
  )
}
