import { useTranslations } from 'use-intl'
import { useShortcut } from '@/shell/shortcuts'
import type { Log } from './use_log'

/** The single keys of the list. */
export function useListKeys({ state, change, close, known, open, step }: Log): void {
  const t = useTranslations('keys_map')
  const toggle = () => {
    if (state.event !== null) close()
    else if (known !== undefined) open(known)
  }
  useShortcut('j', t('next'), () => step(1)?.())
  useShortcut('k', t('previous'), () => step(-1)?.())
  useShortcut('o', t('open'), toggle)
  useShortcut('l', t('live'), () => change({ ...state, live: !state.live }))
  useShortcut('u', t('utc'), () => change({ ...state, zone: state.zone === 'UTC' ? null : 'UTC' }))
}
