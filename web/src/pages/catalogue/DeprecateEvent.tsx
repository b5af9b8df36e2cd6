import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type CatalogEvent, catalogQuery } from '@/api/catalogue'
import { type Deprecation, deprecate } from '@/api/declaring'
import { problemOf } from '@/api/problem'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { ProblemStrip } from '@/parts/Problem'
import { TextField } from '@/parts/TextField'
import { useAccount } from '@/shell/session'
import styles from './Catalogue.module.css'

interface DeprecateEventProps {
  event: Pick<CatalogEvent, 'action' | 'event'>
  onClose: () => void
}

/** Asks what is to be used instead, and why. */
export function DeprecateEvent({ event, onClose }: DeprecateEventProps) {
  const t = useTranslations('catalogue')
  const form = useId()
  const account = useAccount()
  const queries = useQueryClient()
  const [instead, setInstead] = useState('')
  const [note, setNote] = useState('')
  const { mutate, error, isPending } = useMutation({
    mutationFn: (sent: Deprecation) => deprecate(account.id, event.action, sent),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: catalogQuery(account.id).queryKey })
      onClose()
    },
  })
  const refused = problemOf(error).errors.find(({ pointer }) => pointer === '/replaced_by')?.message
  const submit = (sent: FormEvent) => {
    sent.preventDefault()
    mutate({
      ...(note.trim() !== '' && { note: note.trim() }),
      ...(instead.trim() !== '' && { replaced_by: instead.trim() }),
    })
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      width={480}
      title={t('deprecate_title', { event: event.event })}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} loading={isPending}>
            {t('deprecate_submit')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className={styles.form}>
        <p>{t('deprecate_lead')}</p>
        <TextField
          data-autofocus
          label={t('instead')}
          description={t('instead_hint')}
          spellCheck={false}
          autoComplete="off"
          value={instead}
          error={refused}
          onChange={(typed) => setInstead(typed.currentTarget.value)}
        />
        <TextField
          label={t('note')}
          autoComplete="off"
          value={note}
          onChange={(typed) => setNote(typed.currentTarget.value)}
        />
        {error !== null && refused === undefined && <ProblemStrip error={error} />}
      </form>
    </Dialog>
  )
}
