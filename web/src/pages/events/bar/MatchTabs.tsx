import { type KeyboardEvent, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { Filter } from '@/filter/state'
import styles from './MatchTabs.module.css'

const MATCHES = ['all', 'any'] as const

interface MatchTabsProps {
  match: Filter['match']
  onChange: (match: Filter['match']) => void
  /** The id of the rows, which the tabs rule. */
  panel: string
}

/** *AND* and *OR*: one for all criteria, never mixed. */
export function MatchTabs({ match, onChange, panel }: MatchTabsProps) {
  const t = useTranslations('filter')
  const tabs = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: 'all',
      ArrowUp: 'all',
      Home: 'all',
      ArrowRight: 'any',
      ArrowDown: 'any',
      End: 'any',
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    onChange(to === 'all' ? 'all' : 'any')
    tabs.current?.querySelector<HTMLElement>(`[data-match=${to}]`)?.focus()
  }
  return (
    <div className={styles.line}>
      <div
        ref={tabs}
        role="tablist"
        aria-label={t('window.match')}
        className={styles.tabs}
        onKeyDown={onKeyDown}
      >
        {MATCHES.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`${panel}-${one}`}
            data-match={one}
            aria-selected={match === one}
            aria-controls={panel}
            tabIndex={match === one ? 0 : -1}
            className={styles.tab}
            onClick={() => onChange(one)}
          >
            {t(`window.${one}`)}
          </button>
        ))}
      </div>
      <p className={styles.words}>{t(`window.${match}_words`)}</p>
    </div>
  )
}
