import type { Member } from '@/api/members'
import type { Role } from '@/api/roles'

/** Whether somebody with these permissions may give a role: nobody gives more than he has. */
export function mayGive(own: readonly string[], role: Pick<Role, 'permissions'>): boolean {
  return role.permissions.every((permission) => own.includes(permission))
}

/** Whether this person is the only owner whose access does not end; the account would be nobody's. */
export function isLastOwner(member: Member, all: readonly Member[]): boolean {
  const stays = ({ role, expires_at }: Member) => role === 'owner' && expires_at == null
  return stays(member) && all.filter(stays).length === 1
}
