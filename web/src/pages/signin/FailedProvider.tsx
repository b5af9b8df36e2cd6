import { useTranslations } from 'use-intl'
import { Notice } from '@/parts/Notice'

/** The codes for which there is something to say to the person; the others are for an admin. */
const KNOWN = [
  'email_foreign',
  'email_unverified',
  'groups_unknown',
  'identity_invalid',
  'no_account',
  'provider_refused',
  'provider_unavailable',
  'sign_in_lost',
] as const

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
