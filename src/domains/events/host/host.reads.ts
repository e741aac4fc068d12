import type { Transaction } from '../../../platform/db/client.ts';
import { MAX_TEAM } from './contract.ts';

type Reader = Pick<Transaction, 'eventHost'>;

/** Somebody’s row in the team, an open invitation included; the owner has none. */
export const findMember = (reader: Reader, eventId: string, userId: string) =>
  reader.eventHost.findUnique({ where: { eventId_userId: { eventId, userId } } });

export type MemberRow = NonNullable<Awaited<ReturnType<typeof findMember>>>;

/** The team beside the owner, in the order of the enum of roles, then of invitation. */
export const membersOf = (reader: Reader, eventId: string) =>
  reader.eventHost.findMany({
    where: { eventId },
    orderBy: [{ role: 'asc' }, { invitedAt: 'asc' }, { userId: 'asc' }],
    take: MAX_TEAM,
  });

/** What co-hosts beside one have been given, invited ones included; hundredths of a percent. */
export const sharedWithOthers = async (reader: Reader, eventId: string, userId: string): Promise<number> => {
  const { _sum } = await reader.eventHost.aggregate({
    where: { eventId, userId: { not: userId } },
    _sum: { revenueShareBasisPoints: true },
  });
  return _sum.revenueShareBasisPoints ?? 0;
};

/** What accepted co-hosts have of what is sold now, in the order in which they were invited. */
export const sharesOf = async (reader: Reader, eventId: string): Promise<{ userId: string; basisPoints: number }[]> => {
  const rows = await reader.eventHost.findMany({
    where: { eventId, role: 'CO_HOST', acceptedAt: { not: null }, revenueShareBasisPoints: { gt: 0 } },
    orderBy: [{ invitedAt: 'asc' }, { userId: 'asc' }],
    take: MAX_TEAM,
    select: { userId: true, revenueShareBasisPoints: true },
  });
  return rows.map(({ userId, revenueShareBasisPoints: basisPoints }) => ({ userId, basisPoints }));
};

export const countMembers = (reader: Reader, eventId: string): Promise<number> =>
  reader.eventHost.count({ where: { eventId } });
