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

export const countMembers = (reader: Reader, eventId: string): Promise<number> =>
  reader.eventHost.count({ where: { eventId } });
