import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { SelectField } from '@/parts/SelectField'
import { zoneLabel } from '@/time/format'
import { browserZone } from '@/time/zone'

interface ZoneSelectProps {
  zone: string
  accountZone: string | null
  now: Temporal.Instant
  className?: string | undefined
  onChange: (zone: string) => void
}

/** The zone in which times are meant and shown: the browser's, the account's, UTC, the one before, or any other. */
export function ZoneSelect({ zone, accountZone, now, className, onChange }: ZoneSelectProps) {
  const t = useTranslations('time')
  const browser = browserZone()
  const first = [
    { zone: browser, label: t('zone_browser', { zone: zoneLabel(browser, now) }) },
    ...(accountZone === null
      ? []
      : [{ zone: accountZone, label: t('zone_account', { zone: zoneLabel(accountZone, now) }) }]),
    { zone: 'UTC', label: t('zone_utc') },
    { zone, label: zoneLabel(zone, now) },
  ].filter((one, at, all) => all.findIndex((other) => other.zone === one.zone) === at)
  const named = first.map((one) => one.zone)
  const others = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  return (
    <SelectField
      aria-label={t('zone')}
      className={className}
      value={zone}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {first.map((one) => (
        <option key={one.zone} value={one.zone}>
          {one.label}
        </option>
      ))}
      <optgroup label={t('zone_other')}>
        {others
          .filter((name) => !named.includes(name))
          .map((name) => (
            <option key={name} value={name}>
              {name.replaceAll('_', ' ')}
            </option>
          ))}
      </optgroup>
    </SelectField>
  )
}
