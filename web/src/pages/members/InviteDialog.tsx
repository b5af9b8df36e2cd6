import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { invitationsQuery, invite, type Link, type MemberResource } from '@/api/members'
import { problemOf } from '@/api/problem'
import { rolesQuery } from '@/api/roles'
import { expiryOf } from '@/pages/keys/expiry'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { TextField } from '@/parts/TextField'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import { now } from '@/time/clock'
import { EndField } from './EndField'
import styles from './Members.module.css'
import { ResourcesField } from './ResourcesField'
import { RoleField } from './RoleField'

interface InviteDialogProps {
  onClose: () => void
  onInvited: (email: string, link: Link) => void
}

/** Asks somebody to join: an address, a role, and optionally less and shorter. */
export function InviteDialog({ onClose, onInvited }: InviteDialogProps) {
  const t = useTranslations('members')
  const form = useId()
  const account = useAccount()
  const { zone } = useDisplay()
  const queries = useQueryClient()
  const roles = useQuery(rolesQuery(account.id))
  const [email, setEmail] = useState('')
  const [role, setRole] = useState('member')
  const [resources, setResources] = useState<readonly MemberResource[] | null>(null)
  const [end, setEnd] = useState({ lifetime: 'never' as const, date: '' } as Parameters<
    typeof EndField
  >[0]['value'])
  const [tried, setTried] = useState(false)
  const ends = end.lifetime === 'keep' ? undefined : expiryOf(end.lifetime, end.date, zone, now())
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      invite(account.id, {
        email: email.trim(),
        role,
        ...(resources !== null && { resources: [...resources] }),
        ...(ends != null && { membership_expires_at: ends }),
      }),
    onSuccess: (link) => {
      void queries.invalidateQueries({ queryKey: invitationsQuery(account.id).queryKey })
      onInvited(email.trim(), link)
    },
  })
  const hasEmail = /^[^\s@]+@[^\s@]+$/.test(email.trim())
  const lacksResources = resources?.length === 0
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (hasEmail && !lacksResources && ends !== undefined) mutate()
    else focusFirstInvalid(event.currentTarget)
  }
  const refused = problemOf(error).errors.find(({ pointer }) => pointer === '/email')?.message
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('invite_title', { account: account.name })}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            type="submit"
            form={form}
            loading={isPending}
            disabled={roles.data === undefined}
          >
            {t('invite_submit')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className={styles.stack}>
        <TextField
          data-autofocus
          label={t('email')}
          type="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={email}
          error={(tried && !hasEmail && t('email_bad')) || refused}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {roles.isPending && <Skeleton lines={1} height={56} />}
        {roles.error !== null && (
          <ProblemStrip
            error={roles.error}
            what={t('roles_failed')}
            onRetry={() => void roles.refetch()}
          />
        )}
        {roles.data !== undefined && (
          <RoleField roles={roles.data} value={role} onChange={setRole} />
        )}
        <ResourcesField
          value={resources}
          onChange={setResources}
          error={tried && lacksResources ? t('resources_missing') : undefined}
        />
        <EndField
          value={end}
          onChange={setEnd}
          error={tried && ends === undefined ? t('end_bad') : undefined}
        />
        <p className={styles.note}>{t('invite_note')}</p>
        {error !== null && refused === undefined && <ProblemStrip error={error} />}
      </form>
    </Dialog>
  )
}
