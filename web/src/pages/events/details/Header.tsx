import { IconAlertTriangle, IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { EventDetails } from '@/api/event'
import { IconButton } from '@/parts/IconButton'
import { Tag } from '@/parts/Tag'
import { useShortcut } from '@/shell/shortcuts'
import styles from './DetailsPanel.module.css'
import { useNames } from './names'

/** The id of the panel's heading, by which the region around it is named. */
export const DETAILS_TITLE_ID = 'event-details-title'

interface HeaderProps {
  event: EventDetails | undefined
  /** Stands in the place of the name while there is no event. */
  title: string
  onClose: () => void
  onNext: (() => void) | undefined
  onPrevious: (() => void) | undefined
}

/** What happened in a few words, and the ways to its neighbours and out. */
export function Header({ event, title, onClose, onNext, onPrevious }: HeaderProps) {
  const t = useTranslations('details')
  useShortcut('[', t('previous'), () => onPrevious?.())
  useShortcut(']', t('next'), () => onNext?.())
  return (
    <div className={styles.header}>
      <div className={styles.bar}>
        {/* In a drawer the name takes the focus, so that it is read first. */}
        <h2 id={DETAILS_TITLE_ID} className={styles.title} tabIndex={-1} data-autofocus>
          {event?.event ?? title}
        </h2>
        <div className={styles.buttons}>
          <IconButton
            label={t('previous')}
            look="default"
            size="sm"
            disabled={onPrevious === undefined}
            aria-keyshortcuts="["
            onClick={onPrevious}
          >
            <IconChevronUp size={16} />
          </IconButton>
          <IconButton
            label={t('next')}
            look="default"
            size="sm"
            disabled={onNext === undefined}
            aria-keyshortcuts="]"
            onClick={onNext}
          >
            <IconChevronDown size={16} />
          </IconButton>
          <IconButton label={t('close')} size="sm" onClick={onClose}>
            <IconX size={18} />
          </IconButton>
        </div>
      </div>
      {event !== undefined && <Tags event={event} />}
      {event !== undefined && (
        <p className={styles.sentence} dir="auto">
          {event.description || event.activity}
        </p>
      )}
    </div>
  )
}

const TONES = { create: 'ok', update: 'accent', delete: 'bad' } as const

function Tags({ event }: { event: EventDetails }) {
  const names = useNames()
  const result = event.outcome.result ?? 'success'
  const tone = TONES[event.verb as keyof typeof TONES] ?? 'plain'
  return (
    <p className={styles.tags}>
      <Tag tone={tone}>{names.done(event.verb)}</Tag>
      <code className={styles.action}>{event.action}</code>
      <Tag tone={result === 'success' ? 'ok' : 'bad'}>
        {result !== 'success' && <IconAlertTriangle size={13} aria-hidden />}
        {names.result(result)}
      </Tag>
    </p>
  )
}
