import type { CommissionScope } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'commissionConfig'>;

/** A rule as it is stored. */
export type StoredCommission = NonNullable<Awaited<ReturnType<Reader['commissionConfig']['findFirst']>>>;

/** The columns that name what a rule is about. */
export const targetOf = (scope: CommissionScope, targetId: string | null) => ({
  eventId: scope === 'EVENT' ? targetId : null,
  hostId: scope === 'HOST' ? targetId : null,
  categoryId: scope === 'CATEGORY' ? targetId : null,
});

interface Page {
  scope: CommissionScope | undefined;
  targetId: string | undefined;
  /** Only those in force then; null for all. */
  at: Date | null;
  /** The id of the last rule of the page before. */
  after: string | undefined;
  limit: number;
}

/** Rules, the latest made first. */
export const listCommissions = (
  reader: Reader,
  { scope, targetId, at, after, limit }: Page,
): Promise<StoredCommission[]> =>
  reader.commissionConfig.findMany({
    where: {
      ...(scope === undefined ? {} : { scope }),
      ...(after === undefined ? {} : { id: { lt: after } }),
      AND: [
        targetId === undefined ? {} : { OR: [{ eventId: targetId }, { hostId: targetId }, { categoryId: targetId }] },
        at === null ? {} : { startsAt: { lte: at }, OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
      ],
    },
    orderBy: { id: 'desc' },
    take: limit,
  });
