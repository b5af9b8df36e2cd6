import { useMutation } from '@tanstack/react-query'
import { type FormEvent, lazy, Suspense, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { confirmFactor, type OfferedFactor } from '@/api/security'
import { Button } from '@/parts/Button'
import { CodeBlock } from '@/parts/CodeBlock'
import { Dialog } from '@/parts/Dialog'
import { CodeField, useCodeProblem } from './CodeField'
import { inGroups } from './groups'
import styles from './Security.module.css'

const QrCode = lazy(async () => ({ default: (await import('./QrCode')).QrCode }))

interface ScanFactorProps {
  offered: OfferedFactor
  onClose: () => void
  onConfirmed: (codes: readonly string[]) => void
}

/** The secret as a picture and as text, then a code that shows that the app has it. */
export function ScanFactor({ offered, onClose, onConfirmed }: ScanFactorProps) {
  const t = useTranslations('security')
  const form = useId()
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => confirmFactor(code.trim()),
    onSuccess: onConfirmed,
  })
  const problem = useCodeProblem(form, code, tried, error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (code.trim() !== '') mutate()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('factor_set_up')}
      width={480}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} loading={isPending}>
            {t('factor_turn_on')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className={styles.stack}>
        <ol className={styles.steps}>
          <li>
            <p>{t('scan')}</p>
            <div className={styles.picture}>
              <Suspense>
                <QrCode text={offered.uri} label={t('scan_label')} />
              </Suspense>
            </div>
            <CodeBlock title={t('secret')} text={inGroups(offered.secret)} />
            <p className={styles.note}>
              <a href={offered.uri}>{t('open_app')}</a>
            </p>
          </li>
          <li>
            <CodeField
              autofocus
              label={t('scan_code')}
              description={t('scan_code_hint')}
              value={code}
              onChange={setCode}
              problem={problem}
            />
          </li>
        </ol>
      </form>
    </Dialog>
  )
}
