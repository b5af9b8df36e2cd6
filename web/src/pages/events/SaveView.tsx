import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '@/api/client'
import { problemOf } from '@/api/problem'
import { viewsQuery } from '@/api/views'
import { Button } from '@/parts/Button'
import { CheckField } from '@/parts/CheckField'
import { Dialog } from '@/parts/Dialog'
import { ProblemStrip } from '@/parts/Problem'
import { TextField } from '@/parts/TextField'
import { useMay } from '@/shell/session'
import type { ViewQuery } from './view_query'

interface SaveViewProps {
  account: string
  query: ViewQuery
  columns: readonly string[] | null
  onClose: () => void
}

/** Gives the list as it is a name. */
export function SaveView({ account, query, columns, onClose }: SaveViewProps) {
  const t = useTranslations('views')
  const form = useId()
  const queries = useQueryClient()
  const mayShare = useMay('accounts:write')
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useMutation({
    mutationFn: async () => {
      const body = {
        name: name.trim(),
        shared,
        query,
        columns: columns === null ? null : [...columns],
      }
      await api.POST('/v1/accounts/{account}/views', { params: { path: { account } }, body })
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: viewsQuery(account).queryKey })
      onClose()
    },
  })
  const taken = save.error !== null && problemOf(save.error).code === 'name_taken'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') save.mutate()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('save_title')}
      width={440}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} loading={save.isPending}>
            {t('save_action')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <TextField
          data-autofocus
          label={t('name')}
          description={t('name_hint')}
          maxLength={100}
          required
          value={name}
          error={taken ? t('taken') : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {mayShare && <CheckField label={t('share')} checked={shared} onChange={setShared} />}
        {save.error !== null && !taken && <ProblemStrip error={save.error} />}
      </form>
    </Dialog>
  )
}
