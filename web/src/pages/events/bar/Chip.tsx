import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { Described } from '@/filter/describe'
import styles from './Chips.module.css'

interface ChipProps {
  pieces: Described
  /** The whole criterion in words. */
  words: string
  paused: boolean
  onEdit: () => void
  /** Absent where it cannot be paused alone. */
  onPause?: (() => void) | undefined
  onRemove: () => void
}

/** One criterion in the bar. */
export function Chip({ pieces, words, paused, onEdit, onPause, onRemove }: ChipProps) {
  const t = useTranslations('filter')
  const Sign = paused ? IconPlayerPlay : IconPlayerPause
  return (
    <span className={styles.chip} data-paused={paused || undefined}>
      <button type="button" className={styles.text} title={words} onClick={onEdit}>
        <span className="visually-hidden">
          {t(paused ? 'chips.edit_paused' : 'chips.edit', { words })}
        </span>
        <span aria-hidden className={styles.column}>
          {pieces.column}
        </span>
        <span aria-hidden className={styles.op}>
          {pieces.op}
        </span>
        {pieces.value !== '' && (
          <span aria-hidden className={styles.value}>
            {pieces.value}
          </span>
        )}
      </button>
      {onPause !== undefined && (
        <button
          type="button"
          className={styles.act}
          title={t(paused ? 'chips.resume' : 'chips.pause')}
          aria-label={t(paused ? 'chips.resume_this' : 'chips.pause_this', { words })}
          onClick={onPause}
        >
          <Sign size={12} aria-hidden />
        </button>
      )}
      <button
        type="button"
        className={styles.act}
        title={t('chips.remove')}
        aria-label={t('chips.remove_this', { words })}
        onClick={onRemove}
      >
        <IconX size={14} aria-hidden />
      </button>
    </span>
  )
}
