import { useTranslations } from 'use-intl'
import type { LogState } from '@/filter/state'
import { useShortcut } from '@/shell/shortcuts'

interface ListKeys {
  state: LogState
  change: (next: LogState) => void
  close: () => void
  move: (by: number) => void
  openActive: () => void
}

/** The single keys of the list. */
export function useListKeys({ state, change, close, move, openActive }: ListKeys): void {
  const t = useTranslations('keys_map')
  const toggle = () => (state.event === null ? openActive() : close())
  useShortcut('j', t('next'), () => move(1))
  useShortcut('k', t('previous'), () => move(-1))
  useShortcut('o', t('open'), toggle)
  useShortcut('l', t('live'), () => change({ ...state, live: !state.live }))
  useShortcut('u', t('utc'), () => change({ ...state, zone: state.zone === 'UTC' ? null : 'UTC' }))
}
