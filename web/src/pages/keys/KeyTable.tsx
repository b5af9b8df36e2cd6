import { IconDots } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { type Key, type KeyState, stateOf } from '@/api/keys'
import { Button } from '@/parts/Button'
import { useHiddenNames } from '@/parts/HiddenFacets'
import { IconButton } from '@/parts/IconButton'
import { Menu } from '@/parts/Menu'
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
  onEdit: (key: Key) => void
  onRotate: (key: Key) => void
}

/** Every key of the account, the ended ones last and fainter. */
export function KeyTable({ keys, onRevoke, onEdit, onRotate }: KeyTableProps) {
  const t = useTranslations('keys')
  const { zone } = useDisplay()
  const columns: readonly TableColumn<Key>[] = [
    { key: 'name', title: t('name'), cell: (key) => <KeyName named={key} /> },
    {
      key: 'permissions',
      title: t('permissions'),
      cell: (key) => <Rights of={key} />,
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
        const isLeaving = state === 'active' && Boolean(key.replaced_by)
        return (
          <>
            <Tag tone={isLeaving ? 'warn' : TONES[state]}>
              {isLeaving ? t('replaced') : t(`states.${state}`)}
            </Tag>
            {key.rotated_from && <span className={styles.detail}>{t('replaces')}</span>}
          </>
        )
      },
    },
    {
      key: 'actions',
      title: t('actions'),
      quietTitle: true,
      numeric: true,
      cell: (key) =>
        stateOf(key, now()) === 'active' && (
          <span className={styles.actions}>
            <Button size="sm" onClick={() => onRevoke(key)}>
              {t('revoke')}
              <span className="visually-hidden"> {key.name}</span>
            </Button>
            <Menu
              label={t('more', { name: key.name })}
              position="bottom-end"
              width={160}
              sections={[
                {
                  entries: [
                    { key: 'edit', label: t('edit'), onSelect: () => onEdit(key) },
                    {
                      key: 'rotate',
                      label: t('rotate'),
                      disabled: Boolean(key.replaced_by),
                      onSelect: () => onRotate(key),
                    },
                  ],
                },
              ]}
            >
              <IconButton label={t('more', { name: key.name })}>
                <IconDots size={16} aria-hidden />
              </IconButton>
            </Menu>
          </span>
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

/** What a key may do, from where, and what stays hidden from it. */
function Rights({ of }: { of: Key }) {
  const t = useTranslations('keys')
  const named = useHiddenNames()
  return (
    <>
      <PermissionList permissions={of.permissions} />
      {of.networks.length > 0 && (
        <span className={styles.detail} title={of.networks.join(', ')}>
          {t('networks_count', { count: of.networks.length })}
        </span>
      )}
      {of.hide.length > 0 && (
        <span className={styles.detail}>{t('hides', { parts: named(of.hide) })}</span>
      )}
    </>
  )
}
