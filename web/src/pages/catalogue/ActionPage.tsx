import { IconArrowLeft, IconListDetails } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import {
  type CatalogEvent,
  catalogQuery,
  newestQuery,
  seenQuery,
  undeclaredRow,
} from '@/api/catalogue'
import { Copyable } from '@/parts/Copyable'
import { Notice } from '@/parts/Notice'
import { Page } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { useDisplay } from '@/shell/display'
import { useAccount, useMay } from '@/shell/session'
import { ActionButtons } from './ActionButtons'
import styles from './Catalogue.module.css'
import { Declaration } from './Declaration'
import { Sample } from './Sample'
import { SeenDays } from './SeenDays'
import { Snippets } from './Snippets'
import { StateTag } from './StateTag'
import { Versions } from './Versions'

/** One event of the catalogue: what it means, how to send it, and one that came. */
export function ActionPage() {
  const t = useTranslations('catalogue')
  const account = useAccount()
  const { action = '' } = useParams({ strict: false })
  const { zone } = useDisplay()
  const mayRead = useMay('audit:read')
  const mayDeclare = useMay('catalog:write')
  const { data: catalog, error, refetch } = useQuery(catalogQuery(account.id))
  const seen = useQuery({ ...seenQuery(account.id, zone), enabled: mayRead })
  const declared = catalog?.events.find(
    (one) => one.action === action || one.aliases.includes(action),
  )
  const isUnknown = catalog !== undefined && declared === undefined
  const newest = useQuery({ ...newestQuery(account.id, action), enabled: mayRead && isUnknown })
  const shown = declared ?? {
    ...undeclaredRow(action),
    ...(newest.data && { event: newest.data.event, category: newest.data.category }),
    aliases: [],
    targets: [],
  }
  const days = seen.data?.get(shown.action) ?? { count: 0, days: [] }
  const state =
    declared === undefined
      ? 'undeclared'
      : declared.state === 'deprecated'
        ? 'deprecated'
        : days.count > 0
          ? 'declared'
          : 'silent'
  const pack = catalog?.packs.find(({ id }) => id === declared?.pack)?.title ?? t('no_pack')
  return (
    <Page title={shown.event} lead={shown.description} guide="what-audit-logs-are">
      <p className={styles.back}>
        <Link to="/a/$account/catalogue" params={{ account: account.id }}>
          <IconArrowLeft size={14} aria-hidden /> {t('title')}
        </Link>
      </p>
      {error !== null && (
        <ProblemStrip error={error} what={t('failed')} onRetry={() => void refetch()} />
      )}
      {catalog === undefined && error === null && <Skeleton lines={8} height={32} />}
      {catalog !== undefined && (
        <div className={styles.event}>
          <dl className={styles.facts}>
            <Fact title={t('action')}>
              <Copyable text={shown.action} what={t('action')} />
            </Fact>
            <Fact title={t('category')}>{shown.category}</Fact>
            <Fact title={t('pack')}>{pack}</Fact>
            <Fact title={t('state')}>
              <StateTag state={state} />
            </Fact>
            {seen.data !== undefined && (
              <Fact title={t('seen')}>
                <SeenDays seen={days} />
              </Fact>
            )}
          </dl>
          {mayRead && (
            <p className={styles.log}>
              <Link
                to="/a/$account/events"
                params={{ account: account.id }}
                search={{ f: `action:eq:${shown.action}` }}
              >
                <IconListDetails size={16} aria-hidden /> {t('open_log')}
              </Link>
            </p>
          )}
          {declared?.deprecated && <Deprecated of={declared.deprecated} />}
          {mayDeclare && (
            <ActionButtons
              event={declared ?? { action, event: shown.event, category: shown.category }}
              isDeclared={declared !== undefined}
              categories={[...new Set(catalog.events.map(({ category }) => category))]}
            />
          )}
          <Declaration event={shown} isDeclared={declared !== undefined} />
          {mayRead && <Sample action={shown.action} />}
          <Snippets event={shown} />
          {declared?.own && <Versions action={declared.action} />}
        </div>
      )}
    </Page>
  )
}

/** Why an action is not to be used any more. */
function Deprecated({ of }: { of: NonNullable<CatalogEvent['deprecated']> }) {
  const t = useTranslations('catalogue')
  return (
    <Notice tone="warn" title={t('deprecated_title')}>
      {of.replaced_by && <p>{t('deprecated_instead', { action: of.replaced_by })}</p>}
      {of.note && <p>{of.note}</p>}
    </Notice>
  )
}

/** An event as the parts of this page need it. */
export type ShownEvent = Pick<CatalogEvent, 'action' | 'fields' | 'aliases' | 'targets'>

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  )
}
