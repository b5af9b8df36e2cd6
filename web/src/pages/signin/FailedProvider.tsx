import { useTranslations } from 'use-intl'
import { Notice } from '@/parts/Notice'

const KNOWN = ['denied', 'expired', 'unavailable', 'not_allowed', 'no_account'] as const

interface FailedProviderProps {
  /** The code that the server put into the address. */
  problem: string
  request: string | undefined
}

/** Why a company's own sign-in did not work, with what an admin needs to find it in the log. */
export function FailedProvider({ problem, request }: FailedProviderProps) {
  const t = useTranslations('signin')
  const known = KNOWN.find((one) => one === problem)
  return (
    <Notice tone="bad" title={t('sso_title')} live>
      <p>{known === undefined ? t('sso.other', { problem }) : t(`sso.${known}`)}</p>
      {request !== undefined && <p>{t('sso_request', { request })}</p>}
    </Notice>
  )
}
