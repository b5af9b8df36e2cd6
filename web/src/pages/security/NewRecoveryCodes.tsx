import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { renewRecoveryCodes, secondFactorQuery } from '@/api/security'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { CodeField, useCodeProblem } from './CodeField'
import { RecoveryCodes } from './RecoveryCodes'
import styles from './Security.module.css'

/** New recovery codes in place of those that are left. */
export function NewRecoveryCodes({ onClose }: { onClose: () => void }) {
  const t = useTranslations('security')
  const form = useId()
  const queries = useQueryClient()
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => renewRecoveryCodes(code.trim()),
    onSuccess: () => queries.invalidateQueries({ queryKey: secondFactorQuery.queryKey }),
  })
  const problem = useCodeProblem(form, code, tried, error)
  if (data !== undefined) return <RecoveryCodes codes={data} isFirst={false} onClose={onClose} />
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (code.trim() !== '') mutate()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('codes_new')}
      width={440}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} loading={isPending}>
            {t('codes_make')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className={styles.stack}>
        <p className={styles.text}>{t('codes_replace')}</p>
        <CodeField
          autofocus
          label={t('code')}
          description={t('code_hint')}
          value={code}
          onChange={setCode}
          problem={problem}
        />
      </form>
    </Dialog>
  )
}
