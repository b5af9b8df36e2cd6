import type { Session, SessionAccount } from '@/api/session'
import { INSTANCE_ACCOUNT } from '@/api/setup'

/** The steps in their order; the first two make the owner, the next two the account. */
export const STEPS = ['code', 'owner', 'account', 'time', 'event'] as const

/** One of {@link STEPS}. */
export type Step = (typeof STEPS)[number]

/** What is left to do, as the session tells it. */
export type Stage =
  | { readonly kind: 'owner' }
  | { readonly kind: 'account' }
  | { readonly kind: 'event'; readonly account: SessionAccount }
  /** Setup is over and nobody is signed in. */
  | { readonly kind: 'sign_in' }
  /** Somebody without an account who may not create one. */
  | { readonly kind: 'no_account' }

/** Where the wizard goes on, also after the page was closed in the middle. */
export function stageOf(session: Session): Stage {
  if (session.setup_needed) return { kind: 'owner' }
  if (!session.signed_in) return { kind: 'sign_in' }
  const account = session.accounts.find(({ id }) => id !== INSTANCE_ACCOUNT)
  if (account !== undefined) return { kind: 'event', account }
  return { kind: session.person.operator ? 'account' : 'no_account' }
}

/** The setup code of a link such as `/ui/setup#code=ABCD-EFGH`. */
export function codeOf(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('code')?.trim() ?? ''
}
