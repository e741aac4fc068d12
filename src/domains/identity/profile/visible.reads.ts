import { Prisma } from '../../../generated/prisma/client.ts';
import { visibleUnless } from '../../../platform/db/visible.ts';

/** Accounts whose content others may see at all. */
export const visibleAccount = visibleUnless('deletedAt', 'hiddenAt', 'erasedAt');

/**
 * True for open accounts whose content this viewer may come across: a block, by either of the two, hides each from the
 * other.
 * @param alias of `users` in the query
 * @param viewerId null for somebody who is not signed in
 */
export const isOpenTo = (alias: string, viewerId: string | null): Prisma.Sql => {
  const open = Prisma.sql`${Prisma.raw(alias)}.status = 'ACTIVE' AND ${visibleAccount.sql(alias)}`;
  if (viewerId === null) return open;
  return Prisma.sql`${open} AND NOT ${isBlockedFor(`${alias}.id`, viewerId)}`;
};

/**
 * True where a block, by either of the two, stands between an account and a viewer.
 * @param account what gives the account's id in the query
 */
export const isBlockedFor = (
  account: string,
  viewerId: string,
): Prisma.Sql => Prisma.sql`${Prisma.raw(account)} = ANY (ARRAY(
    SELECT blocked_id FROM blocks WHERE blocker_id = ${viewerId}::uuid AND kind = 'BLOCK'
    UNION ALL
    SELECT blocker_id FROM blocks WHERE blocked_id = ${viewerId}::uuid AND kind = 'BLOCK'))`;

/**
 * The full name of an account, for a query; null without one.
 * @param account what gives the account's id in the query
 */
export const nameOfAccount = (account: string): Prisma.Sql => Prisma.sql`(
    SELECT first_name || ' ' || last_name FROM profiles WHERE profiles.user_id = ${Prisma.raw(account)})`;
