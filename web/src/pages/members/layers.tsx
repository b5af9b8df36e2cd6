import { useTranslations } from 'use-intl'
import {
  endMemberSessions,
  type Invitation,
  type Link,
  type Member,
  removeMemberSecondFactor,
} from '@/api/members'
import { AskAboutMember } from './AskAboutMember'
import { ChangeRole } from './ChangeRole'
import { InviteDialog } from './InviteDialog'
import { LinkOnce } from './LinkOnce'
import { MakeResetLink } from './MakeResetLink'
import { RemoveMember } from './RemoveMember'
import { RevokeInvitation } from './RevokeInvitation'

/** The dialog that is open over the list. */
export type Layer =
  | { readonly kind: 'invite' }
  | {
      readonly kind: 'link'
      readonly of: 'invitation' | 'reset'
      readonly who: string
      readonly link: Link
    }
  | { readonly kind: 'revoke'; readonly invitation: Invitation }
  | {
      readonly kind: 'role' | 'remove' | 'reset' | 'sessions' | 'factor'
      readonly member: Member
    }

interface MemberLayersProps {
  layer: Layer
  members: readonly Member[]
  onOpen: (layer: Layer | null) => void
}

/** Draws the dialog that is open. */
export function MemberLayers({ layer, members, onOpen }: MemberLayersProps) {
  const t = useTranslations('members')
  const close = () => onOpen(null)
  switch (layer.kind) {
    case 'invite':
      return (
        <InviteDialog
          onClose={close}
          onInvited={(who, link) => onOpen({ kind: 'link', of: 'invitation', who, link })}
        />
      )
    case 'link':
      return <LinkOnce of={layer.of} who={layer.who} link={layer.link} onClose={close} />
    case 'revoke':
      return <RevokeInvitation invitation={layer.invitation} onClose={close} />
    case 'role':
      return <ChangeRole member={layer.member} members={members} onClose={close} />
    case 'remove':
      return <RemoveMember member={layer.member} members={members} onClose={close} />
    case 'reset':
      return (
        <MakeResetLink
          member={layer.member}
          onClose={close}
          onMade={(link) => onOpen({ kind: 'link', of: 'reset', who: layer.member.name, link })}
        />
      )
    case 'sessions':
      return (
        <AskAboutMember
          member={layer.member}
          title={t('sessions_title', { name: layer.member.name })}
          body={t('sessions_body')}
          submit={t('sessions_submit', { name: layer.member.name })}
          run={endMemberSessions}
          onClose={close}
        />
      )
    case 'factor':
      return (
        <AskAboutMember
          member={layer.member}
          title={t('factor_title', { name: layer.member.name })}
          body={t('factor_body')}
          submit={t('factor_submit', { name: layer.member.name })}
          run={removeMemberSecondFactor}
          onClose={close}
        />
      )
  }
}
