import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Value } from '@/filter/state'
import { TextField } from '@/parts/TextField'
import styles from './QuickFilters.module.css'

interface EmailFieldProps {
  /** The addresses that are asked for. */
  emails: readonly Value[]
  /** Called with a whole address, or with nothing. */
  onEnter: (email: string) => void
}

/** *Actor Email*: the whole address, in upper or lower case; taken over by Enter and when the field is left. */
export function EmailField({ emails, onEnter }: EmailFieldProps) {
  const t = useTranslations('filter')
  const [typed, setTyped] = useState<string | null>(null)
  const shown = emails.map(String).join(', ')
  const enter = () => {
    if (typed !== null && typed.trim() !== shown) onEnter(typed.trim())
    setTyped(null)
  }
  return (
    <div className={styles.email}>
      <TextField
        label={t('quick.email')}
        type="text"
        inputMode="email"
        autoComplete="off"
        spellCheck={false}
        placeholder={t('quick.email_example')}
        value={typed ?? shown}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={enter}
        onKeyDown={(event) => {
          if (event.key === 'Enter') enter()
          if (event.key === 'Escape') setTyped(null)
        }}
      />
    </div>
  )
}
