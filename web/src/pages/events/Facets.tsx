import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { facetsQuery, type ValueCount } from '@/api/events'
import type { Search } from '@/filter/search'
import type { Refinement, Value } from '@/filter/state'
import { Button } from '@/parts/Button'
import { ProblemStrip } from '@/parts/Problem'
import { SearchInput } from '@/parts/SearchInput'
import { Skeleton } from '@/parts/Skeleton'
import { useMayAsk } from '@/shell/session'
import styles from './Facets.module.css'
import { useValueNames } from './value_names'

const COLUMNS = ['category', 'event', 'user', 'result', 'source'] as const
type FacetColumn = (typeof COLUMNS)[number]
const SHOWN = 7
const MOST = 100

interface FacetsProps {
  account: string
  search: Search
  refine: readonly Refinement[]
  onOnly: (column: string, value: Value) => void
  onExclude: (column: string, value: Value) => void
}

/** The most frequent values of five columns with exact counts; a click shows only these, Alt-click leaves them out. */
export function Facets({ account, search, refine, onOnly, onExclude }: FacetsProps) {
  const t = useTranslations('facets')
  const columns = COLUMNS.filter(useMayAsk())
  const { data, error, refetch, isPlaceholderData } = useQuery(
    facetsQuery(account, search, columns, SHOWN),
  )
  if (error !== null && data === undefined) {
    return <ProblemStrip what={t('problem')} error={error} onRetry={() => void refetch()} />
  }
  return (
    <div className={styles.facets} data-stale={isPlaceholderData || undefined}>
      {columns.map((column) => (
        <Facet
          key={column}
          column={column}
          account={account}
          search={search}
          chosen={refine
            .filter((one) => one.column === column && one.op === 'eq')
            .map(({ value }) => value as Value)}
          values={data?.facets[column]?.values}
          others={(data?.facets[column]?.other ?? 0) > 0}
          onOnly={onOnly}
          onExclude={onExclude}
        />
      ))}
    </div>
  )
}

interface FacetProps extends Omit<FacetsProps, 'refine'> {
  column: FacetColumn
  chosen: readonly Value[]
  values: readonly ValueCount[] | undefined
  /** Whether there are more values than those listed. */
  others: boolean
}

function Facet({ column, account, search, chosen, values, others, onOnly, onExclude }: FacetProps) {
  const t = useTranslations('facets')
  const [all, setAll] = useState(false)
  const [text, setText] = useState('')
  const more = useQuery({ ...facetsQuery(account, search, [column], MOST), enabled: all })
  const known = (all ? more.data?.facets[column]?.values : undefined) ?? values
  const names = useValueNames()
  const nameOf = ({ label, value }: ValueCount) =>
    names(column, value as Value) ?? (label || String(value))
  const wanted = text.trim().toLowerCase()
  const shown = known?.filter((one) => nameOf(one).toLowerCase().includes(wanted))
  const highest = Math.max(1, ...(known ?? []).map(({ count }) => count))
  const title = t(`title.${column}`)
  return (
    <section aria-label={title} className={styles.facet}>
      <h2 className={styles.title}>{title}</h2>
      {all && (
        <SearchInput
          aria-label={t('search', { title })}
          placeholder={t('search', { title })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {shown === undefined ? (
        <Skeleton lines={SHOWN} height={28} />
      ) : shown.length === 0 ? (
        <p className={styles.none}>{t('none')}</p>
      ) : (
        <ul>
          {shown.map((one) => (
            <FacetValue
              key={String(one.value)}
              name={nameOf(one)}
              one={one}
              share={one.count / highest}
              chosen={chosen.includes(one.value as Value)}
              onOnly={() => onOnly(column, one.value as Value)}
              onExclude={() => onExclude(column, one.value as Value)}
            />
          ))}
        </ul>
      )}
      {(others || all) && (
        <Button look="quiet" size="sm" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('fewer') : t('more', { title })}
        </Button>
      )}
    </section>
  )
}

interface FacetValueProps {
  name: string
  one: ValueCount
  /** 0 to 1 of the most frequent value. */
  share: number
  chosen: boolean
  onOnly: () => void
  onExclude: () => void
}

function FacetValue({ name, one, share, chosen, onOnly, onExclude }: FacetValueProps) {
  const t = useTranslations('facets')
  return (
    <li className={styles.line}>
      <button
        type="button"
        className={styles.value}
        aria-pressed={chosen}
        title={one.detail ? `${name} · ${one.detail}` : name}
        onClick={(event) => (event.altKey ? onExclude() : onOnly())}
      >
        <span className={styles.name}>{name}</span>
        <span className={styles.count}>{one.count.toLocaleString('en')}</span>
        <span className={styles.bar} style={{ inlineSize: `${share * 100}%` }} aria-hidden />
      </button>
      <button
        type="button"
        className={styles.exclude}
        aria-label={t('exclude', { name })}
        onClick={onExclude}
      >
        <span aria-hidden>−</span>
      </button>
    </li>
  )
}
