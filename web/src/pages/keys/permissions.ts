import type { Permission } from '@/api/keys'

/** What an account's key may be allowed to do, in the order in which it is offered. */
export const PERMISSION_GROUPS = [
  { group: 'recording', permissions: ['events:write', 'catalog:write'] },
  {
    group: 'reading',
    permissions: ['audit:read', 'audit:read_sensitive', 'audit:export', 'audit:verify'],
  },
  {
    group: 'administering',
    permissions: [
      'keys:write',
      'members:write',
      'accounts:write',
      'streams:write',
      'retention:write',
      'audit:redact',
    ],
  },
] as const satisfies readonly { group: string; permissions: readonly Permission[] }[]

/** The name of a permission in the messages: they cannot hold a colon. */
export function wordsOf<P extends Permission>(permission: P): WordsOf<P> {
  return permission.replace(':', '_') as WordsOf<P>
}

type WordsOf<P> = P extends `${infer Noun}:${infer Verb}` ? `${Noun}_${Verb}` : never
