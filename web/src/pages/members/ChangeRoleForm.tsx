import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { changeMember, type Member, type MemberResource, membersQuery } from '@/api/members'
import { type Role, rolesQuery } from '@/api/roles'
import { sessionQuery } from '@/api/session'
import { expiryOf } from '@/pages/keys/expiry'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import { now } from '@/time/clock'
import { differenceOf, type Rights } from './difference'
import { type End, EndField } from './EndField'
import { GrantProblem } from './GrantProblem'
import styles from './Members.module.css'
import { Preview } from './Preview'
import { ResourcesField } from './ResourcesField'
import { RoleField } from './RoleField'

interface ChangeRoleFormProps {
  title: string
  member: Member
  roles: readonly Role[]
  onClose: () => void
}

type Resources = readonly MemberResource[] | null

const NOTHING: Rights = { permissions: [], hide: [] }

/** Role, resources and end of a membership, with what the role gives and takes; nothing happens before Apply. */
export function ChangeRoleForm({ title, member, roles, onClose }: ChangeRoleFormProps) {
  const t = useTranslations('members')
  const form = useId()
  const account = useAccount()
  const { zone } = useDisplay()
  const queries = useQueryClient()
  const [role, setRole] = useState(member.role)
  const [resources, setResources] = useState<Resources>(member.resources)
  const [end, setEnd] = useState<End>({
    lifetime: member.expires_at == null ? 'never' : 'keep',
    date: '',
  })
  const [tried, setTried] = useState(false)
  const ends =
    end.lifetime === 'keep'
      ? (member.expires_at ?? null)
      : expiryOf(end.lifetime, end.date, zone, now())
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      changeMember(account.id, member.id, {
        ...(role !== member.role && { role }),
        ...(!sameResources(resources, member.resources) && {
          resources: resources && [...resources],
        }),
        ...(ends !== (member.expires_at ?? null) && { expires_at: ends ?? null }),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: membersQuery(account.id).queryKey })
      void queries.invalidateQueries({ queryKey: rolesQuery(account.id).queryKey })
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      onClose()
    },
  })
  const rightsOf = (id: string) => roles.find((one) => one.id === id) ?? NOTHING
  const isChanged =
    role !== member.role ||
    !sameResources(resources, member.resources) ||
    ends !== (member.expires_at ?? null)
  const lacksResources = resources?.length === 0
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (ends === undefined || lacksResources) focusFirstInvalid(event.currentTarget)
    else if (isChanged) mutate()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            type="submit"
            form={form}
            loading={isPending}
            disabled={!isChanged}
          >
            {t('apply')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className={styles.stack}>
        <RoleField roles={roles} value={role} onChange={setRole} />
        <Preview
          name={member.name}
          difference={differenceOf(rightsOf(member.role), rightsOf(role))}
        />
        <ResourcesField
          value={resources}
          onChange={setResources}
          error={tried && lacksResources ? t('resources_missing') : undefined}
        />
        <EndField
          value={end}
          onChange={setEnd}
          present={member.expires_at ?? null}
          error={tried && ends === undefined ? t('end_bad') : undefined}
        />
        <GrantProblem error={error} name={member.name} />
      </form>
    </Dialog>
  )
}

function sameResources(one: Resources, other: Resources): boolean {
  const plain = (resources: Resources) =>
    resources && JSON.stringify(resources.map(({ type, id }) => `${type} ${id}`).sort())
  return plain(one) === plain(other)
}
