import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { resourcePagesQuery } from '@/api/resources'
import { Button } from '@/parts/Button'
import { EmptyState } from '@/parts/EmptyState'
import { Page } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { TextField } from '@/parts/TextField'
import type { RawSearch } from '@/shell/search_params'
import { useAccount } from '@/shell/session'
import { useShortcut } from '@/shell/shortcuts'
import styles from './ListPage.module.css'
import { ResourceTable } from './ResourceTable'
import { inSentence, usePlural } from './type_name'

/** *All agents*: every resource of a type, found by the beginning of its name or ID. */
export function ListPage() {
  const t = useTranslations('resources')
  const { type = '' } = useParams({ strict: false })
  const plural = usePlural(type)
  const title = t('list.title', { plural: inSentence(plural) })
  // Another type is another list, with an empty search.
  return (
    <Page title={title} lead={t('list.lead')} guide="view-the-log">
      <Resources key={type} type={type} plural={inSentence(plural)} />
    </Page>
  )
}

function Resources({ type, plural }: { type: string; plural: string }) {
  const t = useTranslations('resources')
  const account = useAccount()
  const { text, setText, prefix } = usePrefix()
  const found = useInfiniteQuery(resourcePagesQuery(account.id, type, prefix))
  const resources = found.data?.pages.flatMap((page) => page.resources)
  useShortcut('/', t('list.search', { plural }), () => {
    document.querySelector<HTMLInputElement>('#resource-search')?.focus()
  })
  return (
    <>
      <div className={styles.bar}>
        <TextField
          id="resource-search"
          type="search"
          aria-label={t('list.search', { plural })}
          placeholder={t('list.placeholder')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p role="status" className={styles.count}>
          {resources !== undefined &&
            (found.hasNextPage
              ? t('list.shown', { count: resources.length })
              : t('list.found', { count: resources.length }))}
        </p>
      </div>
      {found.error !== null && (
        <ProblemStrip error={found.error} what={t('failed')} onRetry={() => void found.refetch()} />
      )}
      {resources === undefined && found.error === null && <Skeleton lines={12} height={40} />}
      {resources?.length === 0 && (
        <EmptyState title={prefix === '' ? t('list.none', { plural }) : t('list.no_match')}>
          {prefix === '' ? (
            t('list.none_body')
          ) : (
            <Button size="sm" onClick={() => setText('')}>
              {t('list.clear')}
            </Button>
          )}
        </EmptyState>
      )}
      {resources !== undefined && resources.length > 0 && (
        <div className={found.isPlaceholderData ? styles.stale : undefined}>
          <ResourceTable type={type} resources={resources} />
        </div>
      )}
      {found.hasNextPage && (
        <div className={styles.more}>
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('list.more')}
          </Button>
        </div>
      )}
    </>
  )
}

/** What is searched for stands in the URL, so that a link shows the same list. */
function usePrefix() {
  const navigate = useNavigate()
  const { q } = useSearch({ strict: false }) as RawSearch
  const linked = typeof q === 'string' ? q : ''
  const [text, setText] = useState(linked)
  const [prefix] = useDebouncedValue(text.trim(), 200)
  useEffect(() => {
    if (prefix === linked) return
    const search = (prefix === '' ? {} : { q: prefix }) as never
    void navigate({ to: '.', search, replace: true, resetScroll: false })
  }, [prefix, linked, navigate])
  return { text, setText, prefix }
}
