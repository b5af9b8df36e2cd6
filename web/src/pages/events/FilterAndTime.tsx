import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { sinceQuery } from '@/api/events'
import { useDisplay } from '@/shell/display'
import { useShortcut } from '@/shell/shortcuts'
import type { BarProps } from './bar/bar_props'
import { FilterButton } from './bar/FilterButton'
import { TimeButton } from './bar/TimeButton'

const FilterWindow = lazy(async () => ({
  default: (await import('./bar/FilterWindow')).FilterWindow,
}))

interface FilterAndTimeProps extends BarProps {
  filtering: boolean
  onFiltering: (filtering: boolean) => void
}

/** The two buttons that decide what the list shows: the Filter By window and the time picker. */
export function FilterAndTime({ filtering, onFiltering, ...bar }: FilterAndTimeProps) {
  const t = useTranslations('keys_map')
  const display = useDisplay()
  const [timing, setTiming] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { data: since } = useQuery({ ...sinceQuery(bar.account), enabled: timing })
  useShortcut('f', t('filter'), () => onFiltering(true))
  useShortcut('t', t('time'), () => setTiming(true))
  return (
    <>
      <FilterButton
        ref={button}
        state={bar.state}
        opened={filtering}
        onOpen={() => onFiltering(true)}
      />
      <TimeButton
        {...bar}
        opened={timing}
        onOpened={setTiming}
        homeZone={display.zone}
        accountZone={display.accountZone}
        since={since ?? null}
      />
      <Suspense>
        {filtering && <FilterWindow {...bar} opened onClose={() => onFiltering(false)} />}
      </Suspense>
    </>
  )
}
