import type { UserRole } from '../../../generated/prisma/enums.ts';
import type { Actor } from '../../../kernel/actor.ts';

/** Roles that an ADMIN gives and takes; those above are a SUPER_ADMIN's to give. */
const BELOW_ADMIN: readonly string[] = ['MODERATOR', 'SUPPORT', 'HOST', 'USER'];

/** Whether the actor may give the account another role. Nobody changes their own, so that there is always somebody left. */
export const canSetRole = (
  { userId, role }: Actor,
  account: { id: string; role: UserRole },
  wanted: UserRole,
): boolean => {
  if (account.id === userId) return false;
  if (role === 'SUPER_ADMIN') return true;
  return role === 'ADMIN' && BELOW_ADMIN.includes(account.role) && BELOW_ADMIN.includes(wanted);
};
