import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import styles from './SignIn.module.css'
import { SignInForm } from './SignInForm'

interface SignInDialogProps {
  opened: boolean
  /** Who was signed in: nobody else may go on with what is on the page. */
  email: string
  onDone: () => void
}

/** Signs in again over the page, which stays as it is. */
export function SignInDialog({ opened, email, onDone }: SignInDialogProps) {
  const t = useTranslations('signin')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const leave = async () => {
    await navigate({ to: '/sign-in' })
    queries.clear()
  }
  return (
    <Dialog
      opened={opened}
      onClose={() => undefined}
      dismissible={false}
      title={t('ended')}
      width={400}
    >
      <p className={styles.lead}>{t('ended_body')}</p>
      <SignInForm email={email} next={hereNow()} onDone={onDone} />
      <p className={styles.other}>
        <Button look="quiet" size="sm" onClick={() => void leave()}>
          {t('someone_else')}
        </Button>
      </p>
    </Dialog>
  )
}

/** The page that is shown, filters and all. */
function hereNow(): string {
  const { pathname, search } = window.location
  return `${pathname}${search}`
}
