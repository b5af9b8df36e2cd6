import {
  IconAlertTriangle,
  IconEye,
  IconKey,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { Event } from '@/api/events'
import styles from './VerbGlyph.module.css'

const GLYPHS = {
  create: { Sign: IconPlus, tone: 'ok' },
  update: { Sign: IconPencil, tone: 'accent' },
  delete: { Sign: IconTrash, tone: 'bad' },
  read: { Sign: IconEye, tone: 'plain' },
  other: { Sign: IconKey, tone: 'plain' },
} as const

/** The sign of what was done, or of how it failed; the word is in the accessible text. */
export function VerbGlyph({ event }: { event: Event }) {
  const t = useTranslations('events')
  const { result } = event.outcome
  const verb = event.verb in GLYPHS ? (event.verb as keyof typeof GLYPHS) : 'other'
  const failed = result === 'failure' || result === 'denied' || result === 'error'
  const { Sign, tone } = failed ? { Sign: IconAlertTriangle, tone: 'bad' as const } : GLYPHS[verb]
  return (
    <span className={`${styles.glyph} ${styles[tone]}`}>
      <Sign size={14} stroke={2} aria-hidden />
      <span className="visually-hidden">{failed ? t(`result.${result}`) : t(`verb.${verb}`)}</span>
    </span>
  )
}
