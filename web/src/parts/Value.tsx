import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { isHidden, isObject, lineOf } from '@/changes/value'
import styles from './Value.module.css'

/** Longer texts are shown in part until they are asked for. */
const SHOWN = 320

/** A value of JSON for people: texts as they are, lists as lists, objects in a line, nothing as a word. */
export function Value({ value, whole = false }: { value: unknown; whole?: boolean }) {
  const t = useTranslations('details')
  if (value === undefined) return <span className={styles.none}>{t('value.absent')}</span>
  if (value === null) return <span className={styles.none}>{t('value.null')}</span>
  if (isHidden(value)) return <em className={styles.none}>{t('value.hidden')}</em>
  if (typeof value === 'boolean') return t(value ? 'value.true' : 'value.false')
  if (typeof value === 'number') return <span className="tabular">{String(value)}</span>
  if (typeof value === 'string') return <Text text={value} whole={whole} />
  if (Array.isArray(value)) return <List values={value} whole={whole} />
  if (isObject(value) && Object.keys(value).length === 0) {
    return <span className={styles.none}>{t('value.empty_object')}</span>
  }
  return <Text text={isObject(value) ? lineOf(value) : JSON.stringify(value)} whole={whole} />
}

function List({ values, whole }: { values: readonly unknown[]; whole: boolean }) {
  const t = useTranslations('details')
  if (values.length === 0) return <span className={styles.none}>{t('value.empty_list')}</span>
  return (
    <span className={styles.list}>
      {values.map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: elements may be equal, and the list never changes.
        <span key={at} className={styles.item}>
          <Value value={value} whole={whole} />
        </span>
      ))}
    </span>
  )
}

function Text({ text, whole }: { text: string; whole: boolean }) {
  const t = useTranslations('details')
  if (text === '') return <span className={styles.none}>{t('value.empty_text')}</span>
  // Line ends inside short values, such as stop sequences, would be invisible.
  const isCode = text.length < 40 && /[\n\r\t]/.test(text)
  const seen = isCode ? JSON.stringify(text).slice(1, -1) : text
  const shown = whole || seen.length <= SHOWN ? seen : `${seen.slice(0, SHOWN)}…`
  return (
    <span dir="auto" className={isCode ? styles.code : styles.text}>
      {shown}
    </span>
  )
}

/** A value that may be long: its beginning, and a button that shows all of it. */
export function Expandable({
  value,
  children,
}: {
  value: unknown
  children: (whole: boolean) => ReactNode
}) {
  const t = useTranslations('details')
  const [whole, setWhole] = useState(false)
  const length = lengthOf(value)
  if (length <= SHOWN) return children(false)
  return (
    <>
      {children(whole)}
      <button
        type="button"
        className={styles.more}
        aria-expanded={whole}
        onClick={() => setWhole(!whole)}
      >
        {whole ? t('value.less') : t('value.more', { count: length })}
      </button>
    </>
  )
}

/** How long the longest text of a value is. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (Array.isArray(value)) return Math.max(0, ...value.map(lengthOf))
  return isObject(value) ? JSON.stringify(value).length : 0
}
