import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { Catalog, CatalogRow } from '@/api/catalogue'
import { Table, type TableColumn } from '@/parts/Table'
import { useAccount } from '@/shell/session'
import styles from './Catalogue.module.css'
import { SeenDays } from './SeenDays'
import { StateTag } from './StateTag'

interface CatalogueTableProps {
  rows: readonly CatalogRow[]
  packs: Catalog['packs']
  /** False while, or when, nobody knows how often the events came. */
  counted: boolean
}

/** One line per event; its name leads to its page. */
export function CatalogueTable({ rows, packs, counted }: CatalogueTableProps) {
  const t = useTranslations('catalogue')
  const { id: account } = useAccount()
  const titleOf = new Map(packs.map(({ id, title }) => [id as string, title]))
  const columns: readonly TableColumn<CatalogRow>[] = [
    {
      key: 'category',
      title: t('category'),
      cell: ({ category, pack }) => (
        <>
          {category}
          <span className={styles.detail}>
            {pack === null ? t('no_pack') : (titleOf.get(pack) ?? pack)}
          </span>
        </>
      ),
    },
    {
      key: 'event',
      title: t('event'),
      isName: true,
      cell: ({ action, event }) => (
        <>
          <Link to="/a/$account/catalogue/$action" params={{ account, action }}>
            {event}
          </Link>
          <code className={styles.detail}>{action}</code>
        </>
      ),
    },
    { key: 'description', title: t('description'), cell: (row) => row.description || t('none') },
    {
      key: 'fields',
      title: t('fields'),
      cell: ({ fields }) => (
        <span className={styles.fields}>
          {fields.length === 0 ? t('none') : fields.map(({ label }) => label).join(', ')}
        </span>
      ),
    },
    {
      key: 'seen',
      title: t('seen'),
      cell: ({ seen }) => (counted ? <SeenDays seen={seen} /> : t('none')),
    },
    {
      key: 'state',
      title: t('state'),
      cell: ({ state }) =>
        counted || state === 'undeclared' ? (
          <StateTag state={state} />
        ) : (
          <StateTag state="declared" />
        ),
    },
  ]
  return (
    <Table caption={t('title')} columns={columns} rows={rows} rowKey={({ action }) => action} />
  )
}
