import type { EventHostRole } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

interface Invitation {
  eventId: string;
  userId: string;
  role: EventHostRole;
  now: Date;
}

/** @returns false when they are in the team already, or invited */
export const insertInvitation = async (
  tx: Transaction,
  { eventId, userId, role, now }: Invitation,
): Promise<boolean> => {
  const { count } = await tx.eventHost.createMany({
    data: [{ eventId, userId, role, invitedAt: now }],
    skipDuplicates: true,
  });
  return count === 1;
};

/** @returns false when there is no open invitation */
export const acceptInvitation = async (
  tx: Transaction,
  { eventId, userId, now }: Omit<Invitation, 'role'>,
): Promise<boolean> => {
  const { count } = await tx.eventHost.updateMany({
    where: { eventId, userId, acceptedAt: null },
    data: { acceptedAt: now },
  });
  return count === 1;
};

/** A share of the earnings ends with the place of a co-host. @param from the role they must have @returns false when they have another one by now */
export const changeRole = async (
  tx: Transaction,
  { eventId, userId }: Pick<Invitation, 'eventId' | 'userId'>,
  { from, to }: { from: EventHostRole; to: EventHostRole },
): Promise<boolean> => {
  const data = { role: to, ...(to === 'CO_HOST' ? {} : { revenueShareBasisPoints: 0 }) };
  const { count } = await tx.eventHost.updateMany({ where: { eventId, userId, role: from }, data });
  return count === 1;
};

/** @returns false when they are no co-host by now */
export const changeShare = async (
  tx: Transaction,
  { eventId, userId }: Pick<Invitation, 'eventId' | 'userId'>,
  basisPoints: number,
): Promise<boolean> => {
  const { count } = await tx.eventHost.updateMany({
    where: { eventId, userId, role: 'CO_HOST' },
    data: { revenueShareBasisPoints: basisPoints },
  });
  return count === 1;
};

/** @returns false when they are not in the team */
export const deleteMember = async (tx: Transaction, eventId: string, userId: string): Promise<boolean> => {
  const { count } = await tx.eventHost.deleteMany({ where: { eventId, userId } });
  return count === 1;
};
