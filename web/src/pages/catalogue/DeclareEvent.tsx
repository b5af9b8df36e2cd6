import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type CatalogEvent, catalogQuery } from '@/api/catalogue'
import { declare } from '@/api/declaring'
import { problemOf } from '@/api/problem'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { ProblemStrip } from '@/parts/Problem'
import { SelectField } from '@/parts/SelectField'
import { TextArea } from '@/parts/TextArea'
import { TextField } from '@/parts/TextField'
import { useAccount } from '@/shell/session'
import styles from './Catalogue.module.css'
import { type Draft, declarationOf, draftOf, missingIn, VERBS } from './draft'
import { FieldRows } from './FieldRows'

interface DeclareEventProps {
  /** What is known of the action: nothing, what was recorded, or its declaration. */
  known: Partial<CatalogEvent>
  /** Whether a declaration is there already. */
  isDeclared: boolean
  categories: readonly string[]
  onClose: () => void
}

/** The form of a declaration. */
export function DeclareEvent({ known, isDeclared, categories, onClose }: DeclareEventProps) {
  const t = useTranslations('catalogue')
  const form = useId()
  const account = useAccount()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Draft>(() => draftOf(known))
  const [tried, setTried] = useState(false)
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => declare(account.id, draft.action.trim(), declarationOf(draft, known)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: catalogQuery(account.id).queryKey })
      await queries.invalidateQueries({ queryKey: ['coverage', account.id] })
      onClose()
    },
  })
  const missing = missingIn(draft)
  const places = problemOf(error).errors
  const refused = (member: string) =>
    places.find(({ pointer }) => pointer?.split('/')[1] === member)?.message
  const errorOf = (member: 'action' | 'event' | 'category') =>
    (tried && missing.includes(member) && t(`missing.${member}`)) || refused(member)
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (missing.length === 0) mutate()
    else focusFirstInvalid(event.currentTarget)
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      width={760}
      title={isDeclared ? t('edit_title', { event: known.event ?? '' }) : t('declare_title')}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} loading={isPending}>
            {isDeclared ? t('save') : t('declare')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className={styles.form}>
        <div className={styles.pair}>
          <TextField
            data-autofocus={known.action === undefined || undefined}
            label={t('action')}
            description={t('action_hint')}
            spellCheck={false}
            autoComplete="off"
            readOnly={known.action !== undefined}
            value={draft.action}
            error={errorOf('action')}
            onChange={(event) => change({ action: event.currentTarget.value })}
          />
          <TextField
            data-autofocus={known.action !== undefined || undefined}
            label={t('event')}
            description={t('event_hint')}
            autoComplete="off"
            value={draft.event}
            error={errorOf('event')}
            onChange={(event) => change({ event: event.currentTarget.value })}
          />
          <TextField
            label={t('category')}
            description={t('category_hint')}
            list={`${form}-categories`}
            autoComplete="off"
            value={draft.category}
            error={errorOf('category')}
            onChange={(event) => change({ category: event.currentTarget.value })}
          />
          <SelectField
            label={t('verb')}
            description={t('verb_hint')}
            value={draft.verb}
            error={refused('verb')}
            onChange={(event) => change({ verb: event.currentTarget.value })}
            data={VERBS.map((value) => ({ value, label: t(`verbs.${value}`) }))}
          />
          <TextField
            label={t('target_type')}
            description={t('target_type_hint')}
            spellCheck={false}
            autoComplete="off"
            value={draft.target_type}
            error={refused('target_type')}
            onChange={(event) => change({ target_type: event.currentTarget.value })}
          />
          <TextArea
            label={t('other_names')}
            description={t('other_names_hint')}
            rows={1}
            spellCheck={false}
            value={draft.aliases}
            error={refused('aliases')}
            onChange={(event) => change({ aliases: event.currentTarget.value })}
          />
        </div>
        <datalist id={`${form}-categories`}>
          {categories.map((category) => (
            <option key={category} value={category} />
          ))}
        </datalist>
        <TextArea
          label={t('description')}
          description={t('description_hint')}
          rows={2}
          value={draft.description}
          error={refused('description')}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
        <TextField
          label={t('sentence')}
          description={t('sentence_hint')}
          autoComplete="off"
          value={draft.sentence}
          error={refused('sentence')}
          onChange={(event) => change({ sentence: event.currentTarget.value })}
        />
        <FieldRows draft={draft} onChange={setDraft} error={refused('fields')} />
        {error !== null && places.length === 0 && <ProblemStrip error={error} />}
      </form>
    </Dialog>
  )
}
