import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { type Invitation, invitationsQuery, invite, revokeInvitation } from '@/api/members'
import { Button } from '@/parts/Button'
import { Moment } from '@/parts/Moment'
import { ProblemStrip } from '@/parts/Problem'
import { Table, type TableColumn } from '@/parts/Table'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import type { Layer } from './layers'
import styles from './Members.module.css'
import { Sees } from './Sees'

/** Those who were asked and have not come; nothing while there are none. */
export function Invitations({ onOpen }: { onOpen: (layer: Layer) => void }) {
  const t = useTranslations('members')
  const account = useAccount()
  const { data, error, refetch } = useQuery(invitationsQuery(account.id))
  if (error !== null) {
    return (
      <section className={styles.section}>
        <ProblemStrip error={error} what={t('invitations_failed')} onRetry={() => void refetch()} />
      </section>
    )
  }
  if (data === undefined || data.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="invitations">
      <h2 id="invitations" className={styles.heading}>
        {t('invitations')}
      </h2>
      <InvitationTable invitations={data} onOpen={onOpen} />
    </section>
  )
}

interface InvitationTableProps {
  invitations: readonly Invitation[]
  onOpen: (layer: Layer) => void
}

function InvitationTable({ invitations, onOpen }: InvitationTableProps) {
  const t = useTranslations('members')
  const { zone } = useDisplay()
  const again = useNewLink(onOpen)
  const columns: readonly TableColumn<Invitation>[] = [
    { key: 'email', title: t('email'), cell: ({ email }) => email },
    { key: 'role', title: t('role'), cell: ({ role_name }) => role_name },
    { key: 'sees', title: t('sees'), cell: ({ resources }) => <Sees resources={resources} /> },
    {
      key: 'by',
      title: t('invited'),
      cell: ({ invited_by, created_at }) => (
        <>
          <Moment at={created_at} zone={zone} show="day" />
          <span className={styles.detail}>{invited_by.name}</span>
        </>
      ),
    },
    {
      key: 'until',
      title: t('works_until'),
      cell: ({ expires_at }) => <Moment at={expires_at} zone={zone} show="day" />,
    },
    {
      key: 'actions',
      title: t('actions'),
      quietTitle: true,
      numeric: true,
      cell: (invitation) => (
        <span className={styles.actions}>
          <Button
            size="sm"
            loading={again.isPending && again.variables.id === invitation.id}
            onClick={() => again.mutate(invitation)}
          >
            {t('new_link')}
            <span className="visually-hidden"> {invitation.email}</span>
          </Button>
          <Button size="sm" onClick={() => onOpen({ kind: 'revoke', invitation })}>
            {t('revoke')}
            <span className="visually-hidden"> {invitation.email}</span>
          </Button>
        </span>
      ),
    },
  ]
  return (
    <>
      {again.error !== null && <ProblemStrip error={again.error} what={t('new_link_failed')} />}
      <Table
        caption={t('invitations')}
        columns={columns}
        rows={invitations}
        rowKey={({ id }) => id}
      />
    </>
  )
}

/** A link is told once, so another one is another invitation; the one before ends. */
function useNewLink(onOpen: (layer: Layer) => void) {
  const account = useAccount()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, email, role, resources, membership_expires_at }: Invitation) => {
      await revokeInvitation(account.id, id)
      return invite(account.id, {
        email,
        role,
        ...(resources !== null && { resources }),
        ...(membership_expires_at != null && { membership_expires_at }),
      })
    },
    onSuccess: (link, { email }) => onOpen({ kind: 'link', of: 'invitation', who: email, link }),
    onSettled: () => queries.invalidateQueries({ queryKey: invitationsQuery(account.id).queryKey }),
  })
}
