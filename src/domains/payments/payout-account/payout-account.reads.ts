import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'payoutAccount'>;

/** What of an account is shown and decided by; its details stay encrypted where they are. */
const SHOWN = {
  id: true,
  userId: true,
  kind: true,
  status: true,
  currency: true,
  country: true,
  lastFour: true,
  isDefault: true,
  verifiedAt: true,
  detailsChangedAt: true,
  disabledAt: true,
  createdAt: true,
} as const;

/** One account without its details, or null. */
export const findPayoutAccount = (reader: Reader, id: string) =>
  reader.payoutAccount.findUnique({ where: { id }, select: SHOWN });

export type ShownAccount = NonNullable<Awaited<ReturnType<typeof findPayoutAccount>>>;

/** Where payouts of a person in a currency go; null when nothing was chosen. */
export const findDefaultAccount = (reader: Reader, { userId, currency }: { userId: string; currency: string }) =>
  reader.payoutAccount.findFirst({ where: { userId, currency, isDefault: true, disabledAt: null }, select: SHOWN });

interface Page {
  userId: string;
  /** The id of the last account of the page before. */
  after: string | undefined;
  limit: number;
}

/** Accounts in use. Ids grow with time, so the latest come first. */
export const listPayoutAccounts = (reader: Reader, { userId, after, limit }: Page): Promise<ShownAccount[]> =>
  reader.payoutAccount.findMany({
    where: { userId, disabledAt: null, ...(after === undefined ? {} : { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: limit,
    select: SHOWN,
  });

/** Those in use that are the same account, whoever gave them; 100 at most. */
export const sameAccounts = (reader: Reader, detailsHashes: string[]): Promise<{ id: string; userId: string }[]> =>
  reader.payoutAccount.findMany({
    where: { detailsHash: { in: detailsHashes }, disabledAt: null },
    take: 100,
    select: { id: true, userId: true },
  });
