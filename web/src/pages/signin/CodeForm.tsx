import { type FormEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Credentials, Session } from '@/api/session'
import { Button } from '@/parts/Button'
import { TextField } from '@/parts/TextField'
import { Refusal } from './Refusal'
import styles from './SignIn.module.css'
import { useSignIn } from './use_sign_in'

interface CodeFormProps {
  given: Credentials
  onDone: (session: Session) => void
  onBack: () => void
}

/** The second step: one field for the code of the app or for a recovery code. */
export function CodeForm({ given, onDone, onBack }: CodeFormProps) {
  const t = useTranslations('signin')
  const field = useRef<HTMLInputElement>(null)
  const [isMissing, setMissing] = useState(false)
  const asked = useSignIn({ onDone, onRefused: () => field.current?.select() })
  const { wait } = asked
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code')).trim()
    setMissing(code === '')
    asked.reset()
    if (code === '') field.current?.focus()
    else if (wait === 0) asked.send({ ...given, code })
  }
  return (
    <form method="post" noValidate onSubmit={submit} className={styles.form}>
      <p className={styles.lead}>{t('code_lead', { email: given.email })}</p>
      <TextField
        ref={field}
        autoFocus
        data-autofocus
        label={t('code')}
        description={t('code_hint')}
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        error={isMissing && t('code_missing')}
      />
      <Refusal error={asked.error} wait={wait} waited={asked.waited} wrong={t('code_wrong')} />
      <Button look="primary" type="submit" fullWidth loading={asked.isPending} disabled={wait > 0}>
        {wait > 0 ? t('wait', { seconds: wait }) : t('submit')}
      </Button>
      <Button look="quiet" fullWidth onClick={onBack}>
        {t('code_back')}
      </Button>
    </form>
  )
}
