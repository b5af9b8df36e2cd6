import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { changeKey, type Key, type KeyChange, keysQuery } from '@/api/keys'
import { problemOf } from '@/api/problem'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { linesOf } from '@/parts/lines'
import { ProblemStrip } from '@/parts/Problem'
import { TextField } from '@/parts/TextField'
import { useAccount } from '@/shell/session'
import styles from './Keys.module.css'
import { NetworksField } from './NetworksField'

interface EditKeyProps {
  edited: Key
  onClose: () => void
}

/** Changes the name of a key, and from where it may be used. */
export function EditKey({ edited, onClose }: EditKeyProps) {
  const t = useTranslations('keys')
  const form = useId()
  const account = useAccount()
  const queries = useQueryClient()
  const [name, setName] = useState(edited.name)
  const [networks, setNetworks] = useState(edited.networks.join('\n'))
  const { mutate, error, isPending } = useMutation({
    mutationFn: (change: KeyChange) => changeKey(account.id, edited.id, change),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keysQuery(account.id).queryKey })
      onClose()
    },
  })
  const isMissing = name.trim() === ''
  const refusedAt = (member: string) =>
    problemOf(error).errors.find(({ pointer }) => pointer?.split('/')[1] === member)?.message
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isMissing) mutate({ name: name.trim(), networks: linesOf(networks) })
  }
  const told = refusedAt('name') ?? refusedAt('networks')
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('edit_title', { name: edited.name })}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} loading={isPending}>
            {t('edit_submit')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className={styles.stack}>
        <TextField
          data-autofocus
          label={t('name')}
          autoComplete="off"
          value={name}
          error={isMissing ? t('name_missing') : refusedAt('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NetworksField text={networks} onChange={setNetworks} error={refusedAt('networks')} />
        <p className={styles.quiet}>{t('edit_keeps')}</p>
        {error !== null && told === undefined && <ProblemStrip error={error} />}
      </form>
    </Dialog>
  )
}
