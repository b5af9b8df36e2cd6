import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { FormSection } from '@/parts/FormSection'
import { useSignedIn } from '@/shell/session'
import { ChangePassword } from './ChangePassword'
import styles from './Security.module.css'

/** The password, for people who have one. */
export function PasswordSection() {
  const t = useTranslations('security')
  const { person } = useSignedIn()
  const [isOpen, setOpen] = useState(false)
  const [isDone, setDone] = useState(false)
  if (!person.has_password) {
    return (
      <FormSection title={t('password')}>
        <p className={styles.text}>{t('password_elsewhere')}</p>
      </FormSection>
    )
  }
  return (
    <FormSection title={t('password')} lead={t('password_lead')}>
      <div className={styles.buttons}>
        <Button
          onClick={() => {
            setDone(false)
            setOpen(true)
          }}
        >
          {t('change_password')}
        </Button>
        <p role="status" className={styles.done}>
          {isDone && t('password_changed')}
        </p>
      </div>
      {isOpen && (
        <ChangePassword
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false)
            setDone(true)
          }}
        />
      )}
    </FormSection>
  )
}
