import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type CreatedKey, type Key, keysQuery } from '@/api/keys'
import { problemOf } from '@/api/problem'
import { Button } from '@/parts/Button'
import { CodeBlock } from '@/parts/CodeBlock'
import { EmptyState } from '@/parts/EmptyState'
import { Page } from '@/parts/Page'
import { ProblemStrip } from '@/parts/Problem'
import { Skeleton } from '@/parts/Skeleton'
import { useAccount } from '@/shell/session'
import { CreateKey } from './CreateKey'
import { appendCurl } from './curl'
import { EditKey } from './EditKey'
import styles from './Keys.module.css'
import { KeyTable } from './KeyTable'
import { RevokeKey } from './RevokeKey'
import { RotateKey } from './RotateKey'
import { ShowSecret } from './ShowSecret'

type Layer =
  | { readonly kind: 'create' }
  | { readonly kind: 'secret'; readonly created: Pick<CreatedKey, 'token'>; readonly name: string }
  | { readonly kind: 'revoke' | 'edit' | 'rotate'; readonly key: Key }

/** The keys with which programs speak to the API. */
export function KeysPage() {
  const t = useTranslations('keys')
  const account = useAccount()
  const { data, error, isPending, refetch } = useQuery(keysQuery(account.id))
  const [layer, setLayer] = useState<Layer | null>(null)
  const close = () => setLayer(null)
  const isForbidden = error !== null && problemOf(error).status === 403
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      guide="what-audit-logs-are"
      actions={
        <Button
          look="primary"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={isForbidden}
          onClick={() => setLayer({ kind: 'create' })}
        >
          {t('create')}
        </Button>
      }
    >
      {error !== null && (
        <ProblemStrip error={error} what={t('failed')} onRetry={() => void refetch()} />
      )}
      {isPending && <Skeleton lines={6} height={40} />}
      {data?.length === 0 && <NoKeys account={account.id} />}
      {data !== undefined && data.length > 0 && (
        <KeyTable
          keys={data}
          onRevoke={(key) => setLayer({ kind: 'revoke', key })}
          onEdit={(key) => setLayer({ kind: 'edit', key })}
          onRotate={(key) => setLayer({ kind: 'rotate', key })}
        />
      )}
      {layer?.kind === 'create' && (
        <CreateKey
          onClose={close}
          onCreated={(created, name) => setLayer({ kind: 'secret', created, name })}
        />
      )}
      {layer?.kind === 'secret' && (
        <ShowSecret token={layer.created.token} name={layer.name} onClose={close} />
      )}
      {layer?.kind === 'revoke' && <RevokeKey revoked={layer.key} onClose={close} />}
      {layer?.kind === 'edit' && <EditKey edited={layer.key} onClose={close} />}
      {layer?.kind === 'rotate' && (
        <RotateKey
          rotated={layer.key}
          onClose={close}
          onMade={(created) => setLayer({ kind: 'secret', created, name: layer.key.name })}
        />
      )}
    </Page>
  )
}

function NoKeys({ account }: { account: string }) {
  const t = useTranslations('keys')
  return (
    <EmptyState title={t('empty_title')} icon={<IconKey size={22} />}>
      <p>{t('empty_body')}</p>
      <div className={styles.sample}>
        <CodeBlock title={t('curl')} text={appendCurl(location.origin, account, t('your_key'))} />
      </div>
    </EmptyState>
  )
}
