import { Popover } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCalendar } from '@tabler/icons-react'
import { lazy, Suspense, useId } from 'react'
import { useTranslations } from 'use-intl'
import type { TimeChoice } from '@/filter/state'
import { Button } from '@/parts/Button'
import { Skeleton } from '@/parts/Skeleton'
import { timeLabel } from '@/time/choice'
import { now } from '@/time/clock'
import type { BarProps } from './bar_props'
import styles from './TimeButton.module.css'

const Dialog = lazy(() => import('@/parts/Dialog').then((part) => ({ default: part.Dialog })))
const TimePicker = lazy(() => import('./TimePicker').then((part) => ({ default: part.TimePicker })))

interface TimeButtonProps extends Omit<BarProps, 'account' | 'locked'> {
  opened: boolean
  onOpened: (opened: boolean) => void
  /** The zone that is shown when the link pins none. */
  homeZone: string
  accountZone: string | null
  /** Where *All Time* begins, RFC 3339, when that is known. */
  since: string | null
}

/** The current choice of time; opens the picker, as a dialog of its own on narrow screens. */
export function TimeButton({
  state,
  onChange,
  zone,
  weekStart,
  opened,
  onOpened,
  homeZone,
  accountZone,
  since,
}: TimeButtonProps) {
  const t = useTranslations('time')
  const title = useId()
  const isNarrow = useMediaQuery('(max-width: 700px)', false, { getInitialValueInEffect: false })
  const label = timeLabel(state.time, { zone, weekStart, now: now() }, t)
  const close = () => onOpened(false)
  const apply = (time: TimeChoice, picked: string) => {
    close()
    onChange({ ...state, time, zone: picked === homeZone ? null : picked }, 'push')
  }
  const button = (
    <Button
      aria-haspopup="dialog"
      aria-expanded={opened}
      leftSection={<IconCalendar size={16} aria-hidden />}
      onClick={() => onOpened(!opened)}
    >
      <span className="visually-hidden">{t('button')} </span>
      {label}
    </Button>
  )
  const picker = (
    <Suspense
      fallback={
        <div className={styles.loading} tabIndex={-1} data-autofocus>
          <Skeleton lines={12} height={32} />
        </div>
      }
    >
      <TimePicker
        time={state.time}
        zone={zone}
        weekStart={weekStart}
        accountZone={accountZone}
        since={since}
        onApply={apply}
        onCancel={close}
      />
    </Suspense>
  )
  if (isNarrow) {
    return (
      <>
        {button}
        <Suspense>
          {opened && (
            <Dialog opened onClose={close} title={t('title')} width={480}>
              {picker}
            </Dialog>
          )}
        </Suspense>
      </>
    )
  }
  return (
    <Popover
      opened={opened}
      onChange={onOpened}
      position="bottom-start"
      offset={6}
      middlewares={{ flip: true, shift: true, size: true }}
      trapFocus
      returnFocus
      withinPortal
      withRoles={false}
      transitionProps={{ duration: 120 }}
    >
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown
        role="dialog"
        aria-modal
        aria-labelledby={title}
        className={styles.dropdown}
      >
        <h2 id={title} className="visually-hidden">
          {t('title')}
        </h2>
        {picker}
      </Popover.Dropdown>
    </Popover>
  )
}
