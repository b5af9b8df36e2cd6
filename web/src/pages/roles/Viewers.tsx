import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { settingsQuery } from '@/api/display'
import { type Role, rolesQuery, saveViewers } from '@/api/roles'
import { sessionQuery } from '@/api/session'
import { Button } from '@/parts/Button'
import { CheckField } from '@/parts/CheckField'
import { FormSection } from '@/parts/FormSection'
import { Notice } from '@/parts/Notice'
import { ProblemStrip } from '@/parts/Problem'
import { SaveState } from '@/parts/SaveState'
import { useAccount, useMay } from '@/shell/session'
import styles from './Roles.module.css'
import { viewersNow, withViewer } from './viewers'

/** Which roles may view the log: a switch per role over what the role itself includes. */
export function Viewers({ roles }: { roles: readonly Role[] }) {
  const t = useTranslations('roles')
  const account = useAccount()
  const mayChange = useMay('accounts:write')
  const queries = useQueryClient()
  const saved = viewersNow(roles)
  const [edited, setEdited] = useState<readonly string[] | null>(null)
  const chosen = edited ?? saved
  const isDirty = chosen.join() !== saved.join()
  const { mutate, error, isPending, isSuccess, reset } = useMutation({
    mutationFn: () => saveViewers(account.id, chosen),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: rolesQuery(account.id).queryKey })
      setEdited(null)
      void queries.invalidateQueries({ queryKey: settingsQuery(account.id).queryKey })
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
  const isLosing = !chosen.includes(account.role) && saved.includes(account.role)
  return (
    <div className={styles.viewers}>
      <FormSection title={t('viewers')} lead={t('viewers_lead')}>
        <div className={styles.switches}>
          {roles.map(({ id, name, members }) => (
            <CheckField
              key={id}
              label={name}
              detail={id === 'owner' ? t('viewers_owner') : t('members', { count: members })}
              checked={chosen.includes(id)}
              disabled={!mayChange || id === 'owner'}
              onChange={(on) => {
                setEdited(withViewer(roles, chosen, id, on))
                if (!isPending) reset()
              }}
            />
          ))}
        </div>
        {isLosing && <Notice tone="warn">{t('viewers_self')}</Notice>}
        {error !== null && <ProblemStrip error={error} what={t('viewers_failed')} />}
        {mayChange && (
          <div className={styles.buttons}>
            <Button loading={isPending} disabled={!isDirty} onClick={() => mutate()}>
              {t('viewers_save')}
            </Button>
            {isDirty && !isPending && (
              <Button look="quiet" onClick={() => setEdited(null)}>
                {t('discard')}
              </Button>
            )}
            <SaveState state={isPending ? 'saving' : isSuccess && !isDirty ? 'saved' : 'idle'} />
          </div>
        )}
      </FormSection>
    </div>
  )
}
