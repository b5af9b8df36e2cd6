import { IconCopy, IconExternalLink, IconFilter, IconFilterOff } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { copyText } from './clipboard'
import { Menu, type MenuEntry } from './Menu'
import styles from './ValueMenu.module.css'

interface ValueMenuProps {
  /** What the value is, such as "IP Address". */
  what: string
  /** What Copy copies. */
  text: string
  onOnly?: (() => void) | undefined
  onExclude?: (() => void) | undefined
  /** Where the value leads, if it is something that has a page. */
  opens?: { label: string; run: () => void } | undefined
  mono?: boolean
  children: ReactNode
}

/** A value that can be filtered by, excluded, copied and opened: by click, Enter, or the key `.`. */
export function ValueMenu({
  what,
  text,
  onOnly,
  onExclude,
  opens,
  mono = false,
  children,
}: ValueMenuProps) {
  const t = useTranslations('details')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  const entries: MenuEntry[] = []
  const add = (key: string, label: string, icon: ReactNode, run: (() => void) | undefined) => {
    if (run !== undefined) entries.push({ key, label, icon, onSelect: run })
  }
  add('open', opens?.label ?? '', <IconExternalLink size={15} aria-hidden />, opens?.run)
  add('only', t('menu.only'), <IconFilter size={15} aria-hidden />, onOnly)
  add('exclude', t('menu.exclude'), <IconFilterOff size={15} aria-hidden />, onExclude)
  add('copy', t('menu.copy'), <IconCopy size={15} aria-hidden />, () => {
    void copyText(text).then(setCopied)
  })
  return (
    <>
      <Menu
        label={t('menu.title', { what, text: clipped(text) })}
        sections={[{ entries }]}
        width={220}
      >
        <button
          type="button"
          className={mono ? styles.mono : styles.value}
          onKeyDown={(event) => {
            if (event.key !== '.' || event.ctrlKey || event.metaKey || event.altKey) return
            event.preventDefault()
            event.currentTarget.click()
          }}
        >
          {children}
        </button>
      </Menu>
      <span role="status" className={copied ? styles.copied : 'visually-hidden'}>
        {copied ? t('menu.copied') : ''}
      </span>
    </>
  )
}

function clipped(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
