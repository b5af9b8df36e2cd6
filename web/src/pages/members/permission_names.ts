import { useTranslations } from 'use-intl'
import type { Permission } from '@/api/keys'
import { PERMISSION_GROUPS, wordsOf } from '@/pages/keys/permissions'

/** The permissions that mean something for a person, in the order in which they are shown. */
export const PERMISSIONS_OF_PEOPLE: readonly Permission[] = PERMISSION_GROUPS.flatMap(
  ({ permissions }) => [...permissions],
)

/** Says permissions in words, in their usual order. */
export function usePermissionNames(): (permissions: readonly Permission[]) => readonly string[] {
  const t = useTranslations('keys')
  return (permissions) =>
    PERMISSIONS_OF_PEOPLE.filter((one) => permissions.includes(one)).map((one) =>
      t(`permission.${wordsOf(one)}`),
    )
}
