import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { TextField } from '@/parts/TextField'
import styles from './Setup.module.css'
import { StepFrame } from './StepFrame'
import { idProblem, slugOf } from './slug'

/** What is typed about the account; the id follows the name until it is changed. */
export interface TypedAccount {
  readonly name: string
  readonly id: string | null
}

interface AccountStepProps {
  typed: TypedAccount
  onTyped: (typed: TypedAccount) => void
  /** The server has an account with this id. */
  isTaken: boolean
  onNext: (id: string) => void
}

/** The account whose events are recorded. */
export function AccountStep({ typed, onTyped, isTaken, onNext }: AccountStepProps) {
  const t = useTranslations('setup')
  const [tried, setTried] = useState(false)
  const id = typed.id ?? slugOf(typed.name)
  const problem = idProblem(id)
  const hasName = typed.name.trim() !== ''
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (hasName && problem === null && !isTaken) onNext(id)
    else focusFirstInvalid(event.currentTarget)
  }
  const shown = (tried || typed.id !== null) && problem !== null ? t(`id_${problem}`) : undefined
  return (
    <StepFrame step="account">
      <form noValidate onSubmit={submit} className={styles.form}>
        <TextField
          label={t('account_name')}
          description={t('account_name_hint')}
          autoComplete="organization"
          value={typed.name}
          error={tried && !hasName && t('account_name_missing')}
          onChange={(event) => onTyped({ ...typed, name: event.currentTarget.value })}
        />
        <TextField
          label={t('account_id')}
          description={t('account_id_hint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={id}
          error={isTaken ? t('id_taken') : shown}
          onChange={(event) => onTyped({ ...typed, id: event.currentTarget.value })}
        />
        <div className={styles.buttons}>
          <Button look="primary" type="submit">
            {t('next')}
          </Button>
        </div>
      </form>
    </StepFrame>
  )
}
