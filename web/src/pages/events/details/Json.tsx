import { useTranslations } from 'use-intl'
import type { EventDetails } from '@/api/event'
import styles from './Json.module.css'

/** The event as the API answers it. */
export function jsonOf(event: EventDetails): string {
  return JSON.stringify(event, null, 2)
}

/** The event as JSON: it wraps, scrolls by keyboard, and tells names from values. */
export function Json({ event }: { event: EventDetails }) {
  const t = useTranslations('details')
  const lines = jsonOf(event).split('\n')
  return (
    <section aria-label={t('json.label')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <pre className={styles.json} tabIndex={0}>
        <code>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines may be equal, and the event never changes.
            <Line key={at} text={line} />
          ))}
        </code>
      </pre>
    </section>
  )
}

/** Lines of JSON.stringify begin with at most one name, in which quotes are escaped. */
const NAMED = /^(\s*)("(?:[^"\\]|\\.)*"):(.*)$/

function Line({ text }: { text: string }) {
  const [, space = '', name, rest] = NAMED.exec(text) ?? []
  const indent = /^\s*/.exec(text)?.[0].length ?? 0
  const style = { paddingInlineStart: `${indent + 2}ch`, textIndent: '-2ch' }
  return (
    <span className={styles.line} style={style}>
      {name === undefined ? (
        text.slice(indent)
      ) : (
        <>
          <span className="visually-hidden">{space}</span>
          <span className={styles.name}>{name}</span>:{rest}
        </>
      )}
      {'\n'}
    </span>
  )
}
