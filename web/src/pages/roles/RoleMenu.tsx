import { IconDots } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { Role } from '@/api/roles'
import { IconButton } from '@/parts/IconButton'
import { Menu } from '@/parts/Menu'
import type { RoleLayer } from './RolesPage'

interface RoleMenuProps {
  role: Role
  onOpen: (layer: RoleLayer) => void
}

/** What can be done with a role: those that every account has get another name, and nothing else. */
export function RoleMenu({ role, onOpen }: RoleMenuProps) {
  const t = useTranslations('roles')
  const label = t('actions_of', { role: role.name })
  const change = role.built_in
    ? { key: 'rename', label: t('rename'), onSelect: () => onOpen({ kind: 'rename', role }) }
    : { key: 'edit', label: t('edit'), onSelect: () => onOpen({ kind: 'edit', role }) }
  const remove = {
    key: 'delete',
    label: t('delete'),
    danger: true,
    onSelect: () => onOpen({ kind: 'delete', role }),
  }
  return (
    <Menu
      label={label}
      width={180}
      position="bottom-end"
      sections={[{ entries: [change] }, ...(role.built_in ? [] : [{ entries: [remove] }])]}
    >
      <IconButton label={label} size="sm">
        <IconDots size={16} />
      </IconButton>
    </Menu>
  )
}
