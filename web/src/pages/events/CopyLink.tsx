import { IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { EventPage } from '@/api/events'
import type { LogState } from '@/filter/state'
import { writeState } from '@/filter/url'
import { copyText } from '@/parts/clipboard'
import { IconButton } from '@/parts/IconButton'
import { Menu } from '@/parts/Menu'
import { stringifySearch } from '@/shell/search_params'
import { choiceOf, timeLabel } from '@/time/choice'
import type { Here } from '@/time/presets'
import { civilRange } from './civil_range'

interface CopyLinkProps {
  state: LogState
  here: Here
  /** The range that the server resolved. */
  range: EventPage['range'] | null
}

/** Copies the address of the list: with its preset, or frozen to the times that are shown. */
export function CopyLink({ state, here, range }: CopyLinkProps) {
  const t = useTranslations('link')
  const time = useTranslations('time')
  const [told, setTold] = useState('')
  const copy = async (what: LogState) => {
    const address = `${window.location.origin}${window.location.pathname}${stringifySearch(writeState(what))}`
    setTold((await copyText(address)) ? t('copied') : t('refused'))
  }
  const freeze = (): LogState => {
    if (range === null) return state
    const frozen = choiceOf(civilRange(range, here.zone))
    return { ...state, time: frozen, zone: here.zone }
  }
  const label = timeLabel(state.time, here, time as never)
  const keep = {
    key: 'keep',
    label: 'preset' in state.time ? t('keep', { label }) : t('copy'),
    onSelect: () => void copy(state),
  }
  const frozen = { key: 'freeze', label: t('freeze'), onSelect: () => void copy(freeze()) }
  return (
    <>
      <Menu
        label={t('title')}
        position="bottom-end"
        sections={[{ entries: 'preset' in state.time ? [keep, frozen] : [keep] }]}
      >
        <IconButton label={t('title')} look="default">
          <IconLink size={18} aria-hidden />
        </IconButton>
      </Menu>
      <span role="status" className="visually-hidden">
        {told}
      </span>
    </>
  )
}
