import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { isUnfinished } from '@/filter/typing'
import { SearchInput } from '@/parts/SearchInput'
import { useMayAsk } from '@/shell/session'
import { useShortcut } from '@/shell/shortcuts'
import styles from './SearchField.module.css'

const SETTLED_MS = 200

/** Free text; it acts while typing, without filling the history. */
export function SearchField({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const t = useTranslations('events')
  const isHidden = !useMayAsk()('q')
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(q)
  const sent = useRef(q)
  const send = useRef(onSearch)
  useEffect(() => {
    send.current = onSearch
  })
  useEffect(() => {
    // Only what came from elsewhere (a link, Back, a view) replaces what is being typed.
    if (q !== sent.current) setText(q)
    sent.current = q
  }, [q])
  useEffect(() => {
    if (text === sent.current || isUnfinished(text)) return
    const timer = setTimeout(() => {
      sent.current = text
      send.current(text)
    }, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [text])
  useShortcut('/', t('search'), () => field.current?.focus())
  return (
    <div className={styles.search}>
      <SearchInput
        ref={field}
        aria-label={t('search')}
        placeholder={t(isHidden ? 'search_hidden' : 'search_hint')}
        disabled={isHidden}
        {...(!isHidden && { hotkey: '/' })}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && text !== sent.current) {
            sent.current = text
            onSearch(text)
          }
          if (event.key !== 'Escape') return
          // Browsers clear search fields on Esc; here it only leaves the field.
          event.preventDefault()
          field.current?.blur()
        }}
      />
    </div>
  )
}
