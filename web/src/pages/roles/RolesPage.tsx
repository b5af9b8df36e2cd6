import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Role, rolesQuery } from '@/api/roles'
import { Button } from '@/parts/Button'
import { Page } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { useAccount, useMay } from '@/shell/session'
import { PeoplePages } from '../members/PeoplePages'
import { DeleteRole } from './DeleteRole'
import { EditRole } from './EditRole'
import { Matrix } from './Matrix'
import { RenameRole } from './RenameRole'
import { Viewers } from './Viewers'

/** The dialog that is open over the matrix. */
export type RoleLayer =
  | { readonly kind: 'new' }
  | { readonly kind: 'edit' | 'rename' | 'delete'; readonly role: Role }

/** What each role may do, and who may view the log. */
export function RolesPage() {
  const t = useTranslations('roles')
  const account = useAccount()
  const mayWrite = useMay('members:write')
  const { data, error, isPending, refetch } = useQuery(rolesQuery(account.id))
  const [layer, setLayer] = useState<RoleLayer | null>(null)
  const close = () => setLayer(null)
  const create = mayWrite && (
    <Button
      look="primary"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setLayer({ kind: 'new' })}
    >
      {t('create')}
    </Button>
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead', { account: account.name })}
      guide="what-audit-logs-are"
      actions={create}
    >
      {mayWrite && <PeoplePages />}
      {error !== null && (
        <ProblemStrip error={error} what={t('failed')} onRetry={() => void refetch()} />
      )}
      {isPending && <Skeleton lines={12} height={36} />}
      {data !== undefined && (
        <>
          <Matrix roles={data} onOpen={mayWrite ? setLayer : undefined} />
          <Viewers roles={data} />
        </>
      )}
      {layer?.kind === 'new' && <EditRole edited={null} onClose={close} />}
      {layer?.kind === 'edit' && <EditRole edited={layer.role} onClose={close} />}
      {layer?.kind === 'rename' && <RenameRole role={layer.role} onClose={close} />}
      {layer?.kind === 'delete' && <DeleteRole role={layer.role} onClose={close} />}
    </Page>
  )
}
