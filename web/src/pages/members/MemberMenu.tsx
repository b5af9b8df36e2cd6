import { IconDots } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { Member } from '@/api/members'
import { IconButton } from '@/parts/IconButton'
import { Menu, type MenuEntry } from '@/parts/Menu'
import type { Layer } from './layers'

interface MemberMenuProps {
  member: Member
  isSelf: boolean
  /** Whether whoever looks has all rights of this person; nobody changes people above him. */
  isBelow: boolean
  onOpen: (layer: Layer) => void
}

/** What can be done about one person. */
export function MemberMenu({ member, isSelf, isBelow, onOpen }: MemberMenuProps) {
  const t = useTranslations('members')
  const entry = (
    kind: Exclude<Layer['kind'], 'invite' | 'link' | 'revoke'>,
    label: string,
    more: Partial<MenuEntry> = {},
  ): MenuEntry => ({
    key: kind,
    label,
    onSelect: () => onOpen({ kind, member }),
    disabled: !isBelow,
    ...more,
  })
  const about = [
    entry('role', t('change_role')),
    ...(isSelf
      ? []
      : [
          ...(member.has_password ? [entry('reset', t('reset'))] : []),
          entry('sessions', t('end_sessions')),
          ...(member.second_factor ? [entry('factor', t('remove_factor'))] : []),
        ]),
  ]
  const leave = isSelf
    ? entry('remove', t('leave'), { danger: true, disabled: false })
    : entry('remove', t('remove'), { danger: true })
  return (
    <Menu
      label={t('actions_of', { name: member.name })}
      position="bottom-end"
      sections={[
        { ...(!isBelow && { heading: t('above_you') }), entries: about },
        { entries: [leave] },
      ]}
    >
      <IconButton label={t('actions_of', { name: member.name })} size="sm">
        <IconDots size={18} />
      </IconButton>
    </Menu>
  )
}
