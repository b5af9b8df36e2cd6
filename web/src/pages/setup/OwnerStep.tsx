import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { ProblemStrip } from '@/parts/Problem'
import { PasswordField, TextField } from '@/parts/TextField'
import styles from './Setup.module.css'
import { StepFrame } from './StepFrame'
import { StrengthHint } from './StrengthHint'
import { passwordProblem } from './strength'

/** What is typed about the owner; kept when one goes back. */
export interface TypedOwner {
  readonly name: string
  readonly email: string
  readonly password: string
}

interface OwnerStepProps {
  typed: TypedOwner
  onTyped: (typed: TypedOwner) => void
  error: unknown
  isPending: boolean
  onBack: () => void
  onNext: (owner: TypedOwner) => void
}

/** Who owns this server: the person who sits here. */
export function OwnerStep({ typed, onTyped, error, isPending, onBack, onNext }: OwnerStepProps) {
  const t = useTranslations('setup')
  const [tried, setTried] = useState(false)
  const owner = { ...typed, name: typed.name.trim(), email: typed.email.trim() }
  const password = passwordProblem(typed.password)
  const hasName = owner.name !== ''
  const hasEmail = /^[^\s@]+@[^\s@]+$/.test(owner.email)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (hasName && hasEmail && password === null) onNext(owner)
    else focusFirstInvalid(event.currentTarget)
  }
  return (
    <StepFrame step="owner">
      <form method="post" noValidate onSubmit={submit} className={styles.form}>
        <TextField
          label={t('name')}
          name="name"
          autoComplete="name"
          value={typed.name}
          error={tried && !hasName && t('name_missing')}
          onChange={(event) => onTyped({ ...typed, name: event.currentTarget.value })}
        />
        <TextField
          label={t('email')}
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={typed.email}
          error={tried && !hasEmail && t('email_bad')}
          onChange={(event) => onTyped({ ...typed, email: event.currentTarget.value })}
        />
        <div>
          <PasswordField
            label={t('password')}
            description={t('password_rule')}
            name="password"
            autoComplete="new-password"
            value={typed.password}
            error={tried && password !== null && t(`password_${password}`)}
            onChange={(event) => onTyped({ ...typed, password: event.currentTarget.value })}
          />
          <StrengthHint password={typed.password} known={[typed.name, typed.email]} />
        </div>
        {error !== null && <ProblemStrip error={error} />}
        <div className={styles.buttons}>
          <Button onClick={onBack}>{t('back')}</Button>
          <Button look="primary" type="submit" loading={isPending}>
            {t('owner_submit')}
          </Button>
        </div>
      </form>
    </StepFrame>
  )
}
