import { Popover } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { ColumnSet } from '@/api/display'
import { Button } from '@/parts/Button'
import { CheckField } from '@/parts/CheckField'
import { IconButton } from '@/parts/IconButton'
import styles from './ColumnChooser.module.css'
import { COLUMN_SETS, LIST_COLUMNS, type ListColumn } from './columns'

interface ColumnChooserProps {
  shown: readonly ListColumn[]
  /** Null: those of the person's column set. */
  onChange: (columns: readonly ListColumn[] | null) => void
}

const SETS: readonly ColumnSet[] = ['account', 'developer', 'activity']

/** Which columns the list shows: one of the three sets, or any choice of columns, in any order. */
export function ColumnChooser({ shown, onChange }: ColumnChooserProps) {
  const t = useTranslations('columns')
  const names = useTranslations('events')
  const toggle = (column: ListColumn) => {
    const next = shown.includes(column) ? shown.filter((one) => one !== column) : [...shown, column]
    if (next.length > 0) onChange(next)
  }
  const earlier = (column: ListColumn) => {
    const at = shown.indexOf(column)
    const next = shown.filter((one) => one !== column)
    onChange([...next.slice(0, at - 1), column, ...next.slice(at - 1)])
  }
  const ordered = [...shown, ...LIST_COLUMNS.filter((column) => !shown.includes(column))]
  return (
    <Popover
      width={280}
      position="bottom-end"
      shadow="none"
      radius={8}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <IconButton label={t('title')} look="default">
          <IconColumns3 size={18} aria-hidden />
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('title')}>
        <h2 className={styles.heading}>{t('sets')}</h2>
        <div className={styles.sets}>
          {SETS.map((set) => (
            <Button key={set} size="sm" onClick={() => onChange(COLUMN_SETS[set])}>
              {t(`set.${set}`)}
            </Button>
          ))}
          <Button size="sm" look="quiet" onClick={() => onChange(null)}>
            {t('reset')}
          </Button>
        </div>
        <h2 className={styles.heading}>{t('title')}</h2>
        <ul>
          {ordered.map((column) => (
            <li key={column} className={styles.line}>
              <CheckField
                label={names(`columns.${column}`)}
                checked={shown.includes(column)}
                onChange={() => toggle(column)}
              />
              {shown.indexOf(column) > 0 && (
                <IconButton
                  size="sm"
                  label={t('earlier', { name: names(`columns.${column}`) })}
                  onClick={() => earlier(column)}
                >
                  <span aria-hidden>↑</span>
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}
