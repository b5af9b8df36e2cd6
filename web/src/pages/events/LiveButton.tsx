import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import styles from './LiveButton.module.css'
import type { LiveState } from './live'

/** Live on or off; the state stands in the button, and the pulse says that it listens. */
export function LiveButton({
  live,
  on,
  onToggle,
}: {
  live: LiveState
  on: boolean
  onToggle: () => void
}) {
  const t = useTranslations('live')
  const said =
    live.kind === 'reconnecting'
      ? t('reconnecting', { seconds: live.inSeconds })
      : live.kind === 'listening'
        ? t('listening', {
            time: new Date(live.since).toLocaleTimeString('en-GB', {
              hour: '2-digit',
              minute: '2-digit',
            }),
          })
        : ''
  return (
    <>
      {on && (
        <span role="status" className={styles.live}>
          <span className={styles.pulse} data-kind={live.kind} aria-hidden />
          {said}
        </span>
      )}
      <Button
        aria-pressed={on}
        onClick={onToggle}
        leftSection={
          on ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />
        }
      >
        {on ? t('pause') : t('go')}
      </Button>
    </>
  )
}
