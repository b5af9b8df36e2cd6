import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { catalogQuery } from '@/api/catalogue'
import { type Settings, saveSettings, settingsQuery } from '@/api/display'
import { problemOf } from '@/api/problem'
import { sessionQuery } from '@/api/session'
import { Button } from '@/parts/Button'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'
import { SaveState } from '@/parts/SaveState'
import { useAccount, useMay } from '@/shell/session'
import { type Edits, fieldErrors, isChanged, withEdits } from './edits'
import { FirewallFields } from './FirewallFields'
import { GeneralFields } from './GeneralFields'
import { PackFields } from './PackFields'
import styles from './Settings.module.css'
import { StayOrLeave } from './StayOrLeave'
import { StrictField } from './StrictField'

/** The form: what was typed is kept beside what is saved, so that nothing is lost when either changes. */
export function SettingsForm({ saved }: { saved: Settings }) {
  const t = useTranslations('settings')
  const { id } = useAccount()
  const mayChange = useMay('accounts:write')
  const queries = useQueryClient()
  const [edits, setEdits] = useState<Edits>({})
  // Typed lists begin anew with what is saved, when it was saved or the edits were dropped.
  const [saves, setSaves] = useState(0)
  const shown = withEdits(saved, edits)
  const isDirty = isChanged(saved, edits)
  const { mutate, error, isPending, isSuccess, reset } = useMutation({
    mutationFn: (sent: Edits) => saveSettings(id, sent),
    onSuccess: (next) => {
      queries.setQueryData(settingsQuery(id).queryKey, next)
      setEdits({})
      setSaves((count) => count + 1)
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      void queries.invalidateQueries({ queryKey: catalogQuery(id).queryKey })
    },
  })
  const change = (more: Edits) => {
    setEdits({ ...edits, ...more })
    if (!isPending) reset()
  }
  const errors = fieldErrors(problemOf(error).errors)
  const isNameMissing = shown.name.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isDirty && !isNameMissing)
      mutate({ ...edits, ...(edits.name && { name: edits.name.trim() }) })
  }
  const nameError = isNameMissing ? t('name_missing') : errors.name
  return (
    <form noValidate onSubmit={submit}>
      {!mayChange && <Notice>{t('read_only')}</Notice>}
      <GeneralFields
        shown={shown}
        onChange={change}
        disabled={!mayChange}
        errors={{ ...errors, name: nameError }}
      />
      <PackFields shown={shown} onChange={change} disabled={!mayChange} />
      <StrictField shown={shown} onChange={change} disabled={!mayChange} />
      <FirewallFields
        key={saves}
        shown={shown}
        onChange={change}
        disabled={!mayChange}
        error={errors.firewall}
      />
      {mayChange && (
        <div className={styles.footer}>
          {error !== null && Object.keys(errors).length === 0 && (
            <ProblemStrip error={error} what={t('save_failed')} />
          )}
          <div className={styles.buttons}>
            <Button look="primary" type="submit" loading={isPending} disabled={!isDirty}>
              {t('save')}
            </Button>
            {isDirty && !isPending && (
              <Button
                look="quiet"
                onClick={() => {
                  setEdits({})
                  setSaves((count) => count + 1)
                }}
              >
                {t('discard')}
              </Button>
            )}
            <SaveState state={isPending ? 'saving' : isSuccess && !isDirty ? 'saved' : 'idle'} />
          </div>
        </div>
      )}
      <StayOrLeave isDirty={isDirty} />
    </form>
  )
}
