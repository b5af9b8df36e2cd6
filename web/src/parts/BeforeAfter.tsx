import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Cell, ChangeTable, Row, RowChange } from '@/changes/diff'
import { fieldLabel } from '@/changes/field'
import type { Item } from '@/changes/lists'
import { headOf } from '@/changes/value'
import type { Part } from '@/changes/words'
import styles from './BeforeAfter.module.css'
import { Expandable, Value } from './Value'

/** More rows are shown when they are asked for. */
const SHOWN_ROWS = 50

/** More elements that were kept are counted, not shown. */
const SHOWN_KEPT = 4

interface BeforeAfterProps {
  table: ChangeTable
  /** The id of the heading that names the table. */
  labelledBy: string
  /** The label of a field of one segment, when somebody knows a better one than the field itself says. */
  labelOf?: (key: string) => string | undefined
}

/** What changed: field, before, after; only what differs. */
export function BeforeAfter({ table, labelledBy, labelOf }: BeforeAfterProps) {
  const t = useTranslations('details')
  const [all, setAll] = useState(false)
  const rows = all ? table.rows : table.rows.slice(0, SHOWN_ROWS)
  const label = ({ field }: Row) => {
    const [first = '', ...more] = field
    const known = more.length === 0 && typeof first === 'string' ? labelOf?.(first) : undefined
    return known ?? (fieldLabel(field) || t('changes.whole'))
  }
  return (
    <>
      <table className={styles.table} aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col">{t('changes.field')}</th>
            <th scope="col">{t('changes.before')}</th>
            <th scope="col">{t('changes.after')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an event may name a field twice, and the table never changes.
            <tr key={`${row.path}#${at}`}>
              <th scope="row" title={row.path}>
                {label(row)}
              </th>
              <Sides change={row.change} />
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length < table.rows.length && (
        <button type="button" className={styles.all} onClick={() => setAll(true)}>
          {t('changes.all', { count: table.rows.length })}
        </button>
      )}
      {table.unchanged > 0 && (
        <p className={styles.note}>{t('changes.unchanged', { count: table.unchanged })}</p>
      )}
    </>
  )
}

function Sides({ change }: { change: RowChange }) {
  const t = useTranslations('details')
  switch (change.kind) {
    case 'pair':
      return (
        <>
          <td>
            <Side cell={change.before} mark="removed" />
          </td>
          <td>
            <Side cell={change.after} mark="added" />
            {change.moved && <p className={styles.note}>{t('changes.moved')}</p>}
          </td>
        </>
      )
    case 'words':
      return (
        <td colSpan={2}>
          <Words parts={change.parts} />
        </td>
      )
    case 'hidden':
      return (
        <td colSpan={2}>
          <em className={styles.soft}>
            {t(change.changed ? 'changes.hidden_changed' : 'changes.hidden')}
          </em>
        </td>
      )
    case 'unrecorded':
      return (
        <td colSpan={2}>
          <em className={styles.soft}>{t('changes.unrecorded')}</em>
        </td>
      )
  }
}

function Side({ cell, mark }: { cell: Cell; mark: 'removed' | 'added' }) {
  const t = useTranslations('details')
  switch (cell.kind) {
    case 'absent':
      return (
        <span className={styles.soft}>
          <span aria-hidden>—</span>
          <span className="visually-hidden">{t('value.absent')}</span>
        </span>
      )
    case 'hidden':
      return <em className={styles.soft}>{t('value.hidden')}</em>
    case 'items':
      return cell.items.length === 0 ? <Value value={[]} /> : <Items items={cell.items} />
    case 'value':
      return (
        <Expandable value={cell.value}>
          {(whole) => (
            <Marked mark={mark}>
              <Value value={cell.value} whole={whole} />
            </Marked>
          )}
        </Expandable>
      )
  }
}

/** Before and After say in words what the colours say. */
function Marked({ mark, children }: { mark: 'removed' | 'added'; children: ReactNode }) {
  return <span className={styles[mark]}>{children}</span>
}

function Items({ items }: { items: readonly Item[] }) {
  const t = useTranslations('details')
  const kept = items.filter(({ mark }) => mark === 'kept')
  const skipped = kept.length > SHOWN_KEPT ? kept.slice(SHOWN_KEPT - 1) : []
  return (
    <ul className={styles.items}>
      {items
        .filter((item) => !skipped.includes(item))
        .map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: elements may be equal, and the list never changes.
          <li key={at} className={styles[item.mark]}>
            {item.mark !== 'kept' && (
              <>
                <span aria-hidden>{item.mark === 'added' ? '+ ' : '− '}</span>
                <span className="visually-hidden">{t(`changes.${item.mark}`)} </span>
              </>
            )}
            <Value value={item.mark === 'kept' ? (headOf(item.value) ?? item.value) : item.value} />
          </li>
        ))}
      {skipped.length > 0 && (
        <li className={styles.soft}>{t('changes.kept', { count: skipped.length })}</li>
      )}
    </ul>
  )
}

function Words({ parts }: { parts: readonly Part[] }) {
  const t = useTranslations('details')
  return (
    <p className={styles.words} dir="auto">
      {parts.map(({ text, side }, at) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces may be equal, and the text never changes.
        if (side === 'both') return <span key={at}>{text}</span>
        const Sign = side === 'before' ? 'del' : 'ins'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces may be equal, and the text never changes.
          <Sign key={at} className={side === 'before' ? styles.gone : styles.come}>
            <span className="visually-hidden">
              {` ${t(side === 'before' ? 'changes.removed' : 'changes.added')} `}
            </span>
            {text}
          </Sign>
        )
      })}
    </p>
  )
}
