import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type CreatedKey, createKey, keysQuery, type NewKey, type Permission } from '@/api/keys'
import { problemOf } from '@/api/problem'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { type HiddenFacet, HiddenFacets } from '@/parts/HiddenFacets'
import { linesOf } from '@/parts/lines'
import { ProblemStrip } from '@/parts/Problem'
import { TextField } from '@/parts/TextField'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import { now } from '@/time/clock'
import { ExpiryField } from './ExpiryField'
import { expiryOf, type Lifetime } from './expiry'
import styles from './Keys.module.css'
import { NetworksField } from './NetworksField'
import { PermissionFields } from './PermissionFields'

const NAME_BYTES = 256

interface CreateKeyProps {
  onClose: () => void
  onCreated: (created: CreatedKey, name: string) => void
}

/** The form of a new key. */
export function CreateKey({ onClose, onCreated }: CreateKeyProps) {
  const t = useTranslations('keys')
  const form = useId()
  const nameField = useRef<HTMLInputElement>(null)
  const account = useAccount()
  const { zone } = useDisplay()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [permissions, setPermissions] = useState<readonly Permission[]>(['events:write'])
  const [lifetime, setLifetime] = useState<Lifetime>('never')
  const [date, setDate] = useState('')
  const [networks, setNetworks] = useState('')
  const [hide, setHide] = useState<HiddenFacet[]>([])
  const [tried, setTried] = useState(false)
  const { mutate, error, isPending } = useMutation({
    mutationFn: (key: NewKey) => createKey(account.id, key),
    onSuccess: async (created) => {
      onCreated(created, name.trim())
      await queries.invalidateQueries({ queryKey: keysQuery(account.id).queryKey })
    },
  })
  const expires_at = expiryOf(lifetime, date, zone, now())
  const nameError = nameProblem(name.trim())
  const reads = permissions.some((permission) => permission.startsWith('audit:'))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (nameError !== null) nameField.current?.focus()
    if (nameError !== null || permissions.length === 0 || expires_at === undefined) return
    mutate({
      name: name.trim(),
      permissions: [...permissions],
      ...(expires_at !== null && { expires_at }),
      ...(networks.trim() !== '' && { networks: linesOf(networks) }),
      ...(hide.length > 0 && reads && { hide }),
    })
  }
  const refusedAt = (member: string) =>
    problemOf(error).errors.find(({ pointer }) => pointer?.split('/')[1] === member)?.message
  const refused = refusedAt('name')
  const refusedNetwork = refusedAt('networks')
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('create_title')}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} loading={isPending}>
            {t('create_submit')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className={styles.stack}>
        <TextField
          data-autofocus
          ref={nameField}
          label={t('name')}
          description={t('name_hint')}
          autoComplete="off"
          value={name}
          error={(tried && nameError !== null && t(`name_${nameError}`)) || refused}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PermissionFields
          chosen={permissions}
          onChange={setPermissions}
          error={tried && permissions.length === 0 ? t('permissions_none') : undefined}
        />
        <ExpiryField
          lifetime={lifetime}
          date={date}
          onLifetime={setLifetime}
          onDate={setDate}
          error={tried && expires_at === undefined ? t('expiry_bad') : undefined}
        />
        <NetworksField text={networks} onChange={setNetworks} error={refusedNetwork} />
        {reads && <HiddenFacets hidden={hide} onChange={setHide} />}
        {error !== null && refused === undefined && refusedNetwork === undefined && (
          <ProblemStrip error={error} />
        )}
      </form>
    </Dialog>
  )
}

function nameProblem(name: string): 'missing' | 'long' | null {
  if (name === '') return 'missing'
  return new TextEncoder().encode(name).length > NAME_BYTES ? 'long' : null
}
