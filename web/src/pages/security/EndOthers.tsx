import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { endOtherSessions, openSessionsQuery } from '@/api/security'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { ProblemStrip } from '@/parts/Problem'
import styles from './Security.module.css'

/** Asks before all other sessions end. */
export function EndOthers({ count, onClose }: { count: number; onClose: () => void }) {
  const t = useTranslations('security')
  const queries = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: endOtherSessions,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: openSessionsQuery.queryKey })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('end_others_title', { count })}
      width={440}
      actions={
        <>
          <Button onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button look="danger" loading={isPending} onClick={() => mutate()}>
            {t('end_others', { count })}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p className={styles.text}>{t('end_others_body')}</p>
        {error !== null && <ProblemStrip error={error} />}
      </div>
    </Dialog>
  )
}
