import { IconFilterOff, IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { countQuery } from '@/api/events'
import { appliedCount, clearAll } from '@/filter/edit'
import type { Locked, Search } from '@/filter/search'
import { INITIAL, type LogState } from '@/filter/state'
import { Button } from '@/parts/Button'
import { EmptyState } from '@/parts/EmptyState'
import styles from './EmptyList.module.css'

interface EmptyListProps {
  account: string
  state: LogState
  search: Search
  locked: Locked | undefined
  onChange: (state: LogState) => void
}

/** No row: either nothing matches, with ways to widen the question, or nothing was ever recorded. */
export function EmptyList({ account, state, search, locked, onChange }: EmptyListProps) {
  const t = useTranslations('empty')
  const { range: _range, from: _from, to: _to, ...rest } = search
  const everywhen = useQuery(countQuery(account, { ...rest, range: 'all_time' }))
  const anything = useQuery({
    ...countQuery(account, { range: 'all_time', resource: locked?.resource }),
    enabled: everywhen.data === 0,
  })
  if (anything.data === 0) return <NothingYet account={account} />
  const isNarrowed = appliedCount(state) > 0
  return (
    <EmptyState title={t('title')} icon={<IconFilterOff size={22} />}>
      <p>{isNarrowed || state.q !== '' ? t('narrowed') : t('quiet')}</p>
      <div className={styles.ways}>
        {(everywhen.data ?? 0) > 0 && (
          <Button
            look="primary"
            onClick={() => onChange({ ...state, time: { preset: 'all_time' } })}
          >
            {t('all_time', { count: everywhen.data ?? 0 })}
          </Button>
        )}
        {state.q !== '' && (
          <Button onClick={() => onChange({ ...state, q: '' })}>{t('clear_search')}</Button>
        )}
        {isNarrowed && (
          <Button onClick={() => onChange(clearAll(state))}>{t('clear_filters')}</Button>
        )}
        {!isNarrowed && state.q === '' && 'from' in state.time && (
          <Button onClick={() => onChange({ ...state, time: INITIAL.time })}>
            {t('default_time')}
          </Button>
        )}
      </div>
    </EmptyState>
  )
}

/** The first minutes of an account: how events come in. */
function NothingYet({ account }: { account: string }) {
  const t = useTranslations('empty')
  const curl = [
    `curl ${window.location.origin}/v1/accounts/${account}/events \\`,
    `  -H 'Authorization: Bearer ann_…' -H 'Content-Type: application/json' \\`,
    `  -d '{"action":"user.login","actor":{"type":"user","id":"usr_1","name":"Lily Ari"}}'`,
  ].join('\n')
  return (
    <EmptyState title={t('nothing')} icon={<IconInbox size={22} />}>
      <p>{t('nothing_body')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre className={styles.code} tabIndex={0}>
        {curl}
      </pre>
      <div className={styles.ways}>
        <Link to="/a/$account/keys" params={{ account }}>
          {t('make_key')}
        </Link>
        <a href="/docs" target="_blank" rel="noreferrer">
          {t('docs')}
        </a>
      </div>
    </EmptyState>
  )
}
