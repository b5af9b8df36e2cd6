import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { focusFirstInvalid } from '@/parts/focus_invalid'
import { TextField } from '@/parts/TextField'
import styles from './Setup.module.css'
import { StepFrame } from './StepFrame'

interface CodeStepProps {
  code: string
  onCode: (code: string) => void
  isWrong: boolean
  onNext: () => void
}

/** The code shows that whoever sits here may also read what the server prints. */
export function CodeStep({ code, onCode, isWrong, onNext }: CodeStepProps) {
  const t = useTranslations('setup')
  const [tried, setTried] = useState(false)
  const isMissing = code.trim() === ''
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (!isMissing) onNext()
    else focusFirstInvalid(event.currentTarget)
  }
  return (
    <StepFrame step="code">
      <form noValidate onSubmit={submit} className={styles.form}>
        <TextField
          label={t('code')}
          description={t('code_hint')}
          value={code}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={(isWrong && t('code_wrong')) || (tried && isMissing && t('code_missing'))}
          onChange={(event) => onCode(event.currentTarget.value)}
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
