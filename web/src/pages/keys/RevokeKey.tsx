import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { type Key, keysQuery, revokeKey } from '@/api/keys'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { ProblemStrip } from '@/parts/Problem'
import { useDisplay } from '@/shell/display'
import { useAccount } from '@/shell/session'
import { now } from '@/time/clock'
import { relative } from '@/time/elapsed'
import { longTime } from '@/time/format'
import styles from './Keys.module.css'

interface RevokeKeyProps {
  revoked: Key
  onClose: () => void
}

/** Asks before a key ends, and says who would notice. */
export function RevokeKey({ revoked: { id, name, last_used_at }, onClose }: RevokeKeyProps) {
  const t = useTranslations('keys')
  const time = useTranslations('time')
  const account = useAccount()
  const { zone } = useDisplay()
  const queries = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => revokeKey(account.id, id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keysQuery(account.id).queryKey })
      onClose()
    },
  })
  const used = last_used_at
    ? t('revoke_used', {
        elapsed: relative(last_used_at, now(), (key, values) => time(key, values)),
        time: longTime(last_used_at, zone),
      })
    : t('revoke_unused')
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('revoke_title', { name })}
      width={480}
      actions={
        <>
          <Button onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button look="danger" loading={isPending} onClick={() => mutate()}>
            {t('revoke_named', { name })}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p>{used}</p>
        <p>{t('revoke_effect')}</p>
        {error !== null && <ProblemStrip error={error} />}
      </div>
    </Dialog>
  )
}
