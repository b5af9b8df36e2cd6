import { useBlocker } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'

/** Asks before a page with unsaved changes is left. */
export function StayOrLeave({ isDirty }: { isDirty: boolean }) {
  const t = useTranslations('settings')
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <Dialog
      opened
      onClose={blocker.reset}
      title={t('leave_title')}
      width={440}
      actions={
        <>
          <Button look="danger" onClick={blocker.proceed}>
            {t('leave')}
          </Button>
          <Button look="primary" data-autofocus onClick={blocker.reset}>
            {t('stay')}
          </Button>
        </>
      }
    >
      <p>{t('leave_body')}</p>
    </Dialog>
  )
}
