import { useTranslations } from 'use-intl'
import type { CatalogField } from '@/api/catalogue'
import { Notice } from '@/parts/Notice'
import { Table, type TableColumn } from '@/parts/Table'
import type { ShownEvent } from './ActionPage'
import styles from './Catalogue.module.css'

const TYPES = ['text', 'number', 'list', 'id', 'email', 'address', 'boolean', 'time'] as const

interface DeclarationProps {
  event: ShownEvent
  isDeclared: boolean
}

/** What an entry of this kind carries, and by which other names it is known. */
export function Declaration({ event, isDeclared }: DeclarationProps) {
  const t = useTranslations('catalogue')
  const columns: readonly TableColumn<CatalogField>[] = [
    { key: 'label', title: t('label'), cell: ({ label }) => label },
    {
      key: 'key',
      title: t('key'),
      cell: ({ key, place }) => <code>{place === 'metadata' ? `metadata.${key}` : place}</code>,
    },
    {
      key: 'type',
      title: t('type'),
      cell: ({ type, sensitive }) => (
        <>
          <TypeName type={type} />
          {sensitive && <span className={styles.detail}>{t('sensitive')}</span>}
        </>
      ),
    },
  ]
  return (
    <section className={styles.section}>
      <h2>{t('fields')}</h2>
      {!isDeclared && <Notice>{t('undeclared_body')}</Notice>}
      {isDeclared && event.fields.length === 0 && <p className={styles.quiet}>{t('no_fields')}</p>}
      {event.fields.length > 0 && (
        <Table
          caption={t('fields')}
          columns={columns}
          rows={event.fields}
          rowKey={({ key, place }) => `${place} ${key}`}
        />
      )}
      {event.targets.length > 0 && (
        <p className={styles.quiet}>
          {t('targets', { count: event.targets.length })} <Codes texts={event.targets} />
        </p>
      )}
      {event.aliases.length > 0 && (
        <p className={styles.quiet}>
          {t('aliases')} <Codes texts={event.aliases} />
        </p>
      )}
    </section>
  )
}

function TypeName({ type }: { type: string }) {
  const t = useTranslations('catalogue')
  const known = TYPES.find((one) => one === type)
  return known === undefined ? type : t(`types.${known}`)
}

function Codes({ texts }: { texts: readonly string[] }) {
  return (
    <>
      {texts.map((text) => (
        <code key={text} className={styles.code}>
          {text}
        </code>
      ))}
    </>
  )
}
