import { useTranslations } from 'use-intl'
import { type Key, type KeyState, stateOf } from '@/api/keys'
import { Button } from '@/parts/Button'
import { Moment } from '@/parts/Moment'
import { Table, type TableColumn } from '@/parts/Table'
import { Tag } from '@/parts/Tag'
import { useDisplay } from '@/shell/display'
import { now } from '@/time/clock'
import { zoneLabel } from '@/time/format'
import styles from './Keys.module.css'
import { PermissionList } from './PermissionList'

const TONES = { active: 'ok', expired: 'warn', revoked: 'plain' } as const satisfies Record<
  KeyState,
  string
>

interface KeyTableProps {
  keys: readonly Key[]
  onRevoke: (key: Key) => void
}

/** Every key of the account, the ended ones last and fainter. */
export function KeyTable({ keys, onRevoke }: KeyTableProps) {
  const t = useTranslations('keys')
  const { zone } = useDisplay()
  const columns: readonly TableColumn<Key>[] = [
    { key: 'name', title: t('name'), cell: (key) => <KeyName named={key} /> },
    {
      key: 'permissions',
      title: t('permissions'),
      cell: ({ permissions }) => <PermissionList permissions={permissions} />,
    },
    {
      key: 'created',
      title: t('created'),
      cell: ({ created_at, created_by }) => (
        <>
          <Moment at={created_at} zone={zone} show="day" />
          {created_by && <span className={styles.detail}>{created_by.name}</span>}
        </>
      ),
    },
    {
      key: 'used',
      title: t('last_used'),
      cell: ({ last_used_at }) =>
        last_used_at ? <Moment at={last_used_at} zone={zone} show="elapsed" /> : t('never_used'),
    },
    {
      key: 'expires',
      title: t('expires'),
      cell: ({ expires_at }) =>
        expires_at ? <Moment at={expires_at} zone={zone} show="day" /> : t('no_expiry'),
    },
    {
      key: 'state',
      title: t('state'),
      cell: (key) => {
        const state = stateOf(key, now())
        return <Tag tone={TONES[state]}>{t(`states.${state}`)}</Tag>
      },
    },
    {
      key: 'actions',
      title: t('actions'),
      quietTitle: true,
      numeric: true,
      cell: (key) =>
        stateOf(key, now()) === 'active' && (
          <Button size="sm" className={styles.revoke} onClick={() => onRevoke(key)}>
            {t('revoke')}
            <span className="visually-hidden"> {key.name}</span>
          </Button>
        ),
    },
  ]
  return (
    <>
      <Table
        caption={t('title')}
        columns={columns}
        rows={keys}
        rowKey={({ id }) => id}
        faded={(key) => stateOf(key, now()) !== 'active'}
      />
      <p className={styles.zone}>{t('zone', { zone: zoneLabel(zone, now()) })}</p>
    </>
  )
}

function KeyName({ named }: { named: Key }) {
  return (
    <>
      {named.name}
      <code className={styles.prefix}>{named.prefix}…</code>
    </>
  )
}
