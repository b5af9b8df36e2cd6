import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import styles from './Copyable.module.css'
import { copyText } from './clipboard'

interface CopyableProps {
  text: string
  /** What is copied, for the accessible name, such as "event ID". */
  what: string
  /** Shown instead of the whole text. */
  short?: string
}

/** An identifier in monospace that copies itself on click. */
export function Copyable({ text, what, short }: CopyableProps) {
  const t = useTranslations('parts')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <button
      type="button"
      className={styles.copyable}
      title={text}
      aria-label={copied ? t('copied') : t('copy', { what, text })}
      onClick={() => void copyText(text).then(setCopied)}
    >
      <span className={styles.text}>{short ?? text}</span>
      {copied ? (
        <IconCheck size={13} aria-hidden />
      ) : (
        <IconCopy size={13} aria-hidden className={styles.icon} />
      )}
      <span role="status" className="visually-hidden">
        {copied ? t('copied') : ''}
      </span>
    </button>
  )
}
