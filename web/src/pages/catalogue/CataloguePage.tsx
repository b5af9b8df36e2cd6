import { IconBook2, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { catalogQuery, rowsOf, seenQuery } from '@/api/catalogue'
import { Button } from '@/parts/Button'
import { EmptyState } from '@/parts/EmptyState'
import { Page } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { useDisplay } from '@/shell/display'
import type { RawSearch } from '@/shell/search_params'
import { useAccount, useMay } from '@/shell/session'
import styles from './Catalogue.module.css'
import { CatalogueBar } from './CatalogueBar'
import { CatalogueTable } from './CatalogueTable'
import { CoverageStrip } from './CoverageStrip'
import { DeclareEvent } from './DeclareEvent'
import { type CatalogFilter, isShown, readFilter, writeFilter } from './filter'

const NOTHING_SEEN = new Map()

/** What the events of this account mean, and how often each one comes. */
export function CataloguePage() {
  const t = useTranslations('catalogue')
  const account = useAccount()
  const { zone } = useDisplay()
  const navigate = useNavigate()
  const filter = readFilter(useSearch({ strict: false }) as RawSearch)
  const mayRead = useMay('audit:read')
  const mayDeclare = useMay('catalog:write')
  const [isDeclaring, setDeclaring] = useState(false)
  const catalog = useQuery(catalogQuery(account.id))
  const seen = useQuery({ ...seenQuery(account.id, zone), enabled: mayRead })
  const show = (next: CatalogFilter) =>
    void navigate({ to: '.', search: writeFilter(next), replace: true })
  const rows = catalog.data && rowsOf(catalog.data, seen.data ?? NOTHING_SEEN)
  const shown = rows?.filter((row) => isShown(row, filter)) ?? []
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      guide="what-audit-logs-are"
      actions={
        mayDeclare && (
          <Button
            look="primary"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setDeclaring(true)}
          >
            {t('declare')}
          </Button>
        )
      }
    >
      {catalog.error !== null && (
        <ProblemStrip
          error={catalog.error}
          what={t('failed')}
          onRetry={() => void catalog.refetch()}
        />
      )}
      {seen.error !== null && (
        <ProblemStrip
          error={seen.error}
          what={t('seen_failed')}
          onRetry={() => void seen.refetch()}
        />
      )}
      {catalog.isPending && <Skeleton lines={12} height={52} />}
      {rows !== undefined && catalog.data !== undefined && (
        <>
          {mayRead && <CoverageStrip />}
          <CatalogueBar filter={filter} onChange={show} rows={rows} packs={catalog.data.packs} />
          <p role="status" className={styles.count}>
            {t('count', { shown: shown.length, all: rows.length })}
          </p>
          {shown.length > 0 ? (
            <CatalogueTable
              rows={shown}
              packs={catalog.data.packs}
              counted={seen.data !== undefined}
            />
          ) : (
            <EmptyState title={t('none_title')} icon={<IconBook2 size={22} />}>
              <p>{t('none_body')}</p>
              <Button onClick={() => show({ q: '', pack: '', category: '', state: '' })}>
                {t('clear')}
              </Button>
            </EmptyState>
          )}
        </>
      )}
      {isDeclaring && catalog.data !== undefined && (
        <DeclareEvent
          known={{}}
          isDeclared={false}
          categories={[...new Set(catalog.data.events.map(({ category }) => category))]}
          onClose={() => setDeclaring(false)}
        />
      )}
    </Page>
  )
}
