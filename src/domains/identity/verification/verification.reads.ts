import type { Transaction } from '../../../platform/db/client.ts';
import type { Open } from './policy.ts';

type Reader = Pick<Transaction, 'verification'>;

/** A verification of an address. */
export interface AddressVerification extends Open {
  id: string;
  userId: string;
  attempts: number;
}

/** When letters to the person's address were asked for since a moment, the latest first. */
export const lettersSince = async (reader: Reader, userId: string, since: Date): Promise<Date[]> => {
  const rows = await reader.verification.findMany({
    where: { userId, kind: 'EMAIL', createdAt: { gt: since } },
    orderBy: { createdAt: 'desc' },
    take: 20,
    select: { createdAt: true },
  });
  return rows.map(({ createdAt }) => createdAt);
};

/** The verification with the address it proves, as long as it is open; null when there is nothing to send any more. */
export const openVerification = (reader: Reader, id: string, now: Date) =>
  reader.verification.findFirst({
    where: {
      ...{ id, kind: 'EMAIL', status: 'PENDING', expiresAt: { gt: now } },
      user: { status: 'ACTIVE', deletedAt: null, emailVerified: false },
    },
    select: { id: true, user: { select: { email: true, locale: true } } },
  });
