import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { Member } from '@/api/members'
import { rolesQuery } from '@/api/roles'
import { Initials } from '@/parts/Initials'
import { Moment } from '@/parts/Moment'
import { Table, type TableColumn } from '@/parts/Table'
import { Tag } from '@/parts/Tag'
import { useDisplay } from '@/shell/display'
import { useAccount, useSignedIn } from '@/shell/session'
import { now } from '@/time/clock'
import { zoneLabel } from '@/time/format'
import type { Layer } from './layers'
import { MemberMenu } from './MemberMenu'
import styles from './Members.module.css'
import { Sees } from './Sees'
import { mayGive } from './standing'

interface MemberTableProps {
  members: readonly Member[]
  onOpen: (layer: Layer) => void
}

/** One line per person. */
export function MemberTable({ members, onOpen }: MemberTableProps) {
  const t = useTranslations('members')
  const account = useAccount()
  const { person } = useSignedIn()
  const { zone } = useDisplay()
  const { data: roles } = useQuery(rolesQuery(account.id))
  const isBelow = ({ role }: Member) => {
    const found = roles?.find(({ id }) => id === role)
    return found === undefined || mayGive(account.permissions, found)
  }
  const columns: readonly TableColumn<Member>[] = [
    {
      key: 'name',
      title: t('person'),
      cell: (member) => <Person member={member} isSelf={member.id === person.id} />,
    },
    {
      key: 'role',
      title: t('role'),
      cell: ({ role_name, expires_at }) => (
        <>
          {role_name}
          {expires_at != null && (
            <span className={styles.detail}>
              {t(Date.parse(expires_at) > now().epochMilliseconds ? 'ends' : 'ended')}{' '}
              <Moment at={expires_at} zone={zone} show="day" />
            </span>
          )}
        </>
      ),
    },
    { key: 'sees', title: t('sees'), cell: ({ resources }) => <Sees resources={resources} /> },
    {
      key: 'seen',
      title: t('last_seen'),
      cell: ({ last_seen_at }) =>
        last_seen_at ? <Moment at={last_seen_at} zone={zone} show="elapsed" /> : t('never'),
    },
    { key: 'factor', title: t('second_factor'), cell: (member) => <Factor member={member} /> },
    {
      key: 'actions',
      title: t('actions'),
      quietTitle: true,
      numeric: true,
      cell: (member) => (
        <MemberMenu
          member={member}
          isSelf={member.id === person.id}
          isBelow={isBelow(member)}
          onOpen={onOpen}
        />
      ),
    },
  ]
  return (
    <>
      <Table caption={t('title')} columns={columns} rows={members} rowKey={({ id }) => id} />
      <p className={styles.zone}>{t('zone', { zone: zoneLabel(zone, now()) })}</p>
    </>
  )
}

function Person({ member, isSelf }: { member: Member; isSelf: boolean }) {
  const t = useTranslations('members')
  return (
    <span className={styles.person}>
      <Initials name={member.name} />
      <span className={styles.names}>
        <span className={styles.name}>
          {member.name} {isSelf && <Tag tone="accent">{t('you')}</Tag>}{' '}
          {member.operator && <Tag>{t('operator')}</Tag>}
        </span>
        <span className={styles.detail}>{member.email}</span>
      </span>
    </span>
  )
}

function Factor({ member: { second_factor, has_password } }: { member: Member }) {
  const t = useTranslations('members')
  if (second_factor) return <Tag tone="ok">{t('factor_on')}</Tag>
  return <>{has_password ? t('factor_off') : t('factor_elsewhere')}</>
}
