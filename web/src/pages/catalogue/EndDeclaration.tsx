import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { type CatalogEvent, catalogQuery } from '@/api/catalogue'
import { restore, undeclare } from '@/api/declaring'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { ProblemStrip } from '@/parts/Problem'
import { useAccount } from '@/shell/session'
import styles from './Catalogue.module.css'

interface EndDeclarationProps {
  event: Pick<CatalogEvent, 'action' | 'event'>
  what: 'restore' | 'remove'
  onClose: () => void
}

/** Asks before a deprecation is taken back, or a declaration removed. */
export function EndDeclaration({ event, what, onClose }: EndDeclarationProps) {
  const t = useTranslations('catalogue')
  const account = useAccount()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => (what === 'restore' ? restore : undeclare)(account.id, event.action),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: catalogQuery(account.id).queryKey })
      onClose()
      if (what === 'remove') {
        await navigate({ to: '/a/$account/catalogue', params: { account: account.id } })
      }
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      width={480}
      title={t(`${what}_title`, { event: event.event })}
      actions={
        <>
          <Button onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button
            look={what === 'remove' ? 'danger' : 'primary'}
            loading={isPending}
            onClick={() => mutate()}
          >
            {t(`${what}_submit`)}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t(`${what}_lead`)}</p>
        {error !== null && <ProblemStrip error={error} />}
      </div>
    </Dialog>
  )
}
