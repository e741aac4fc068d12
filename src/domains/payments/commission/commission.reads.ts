import type { Transaction } from '../../../platform/db/client.ts';
import type { CommissionRule } from './rule.rules.ts';

type Reader = Pick<Transaction, 'commissionConfig'>;

/** What a rule may be about. */
export interface CommissionTarget {
  hostId: string;
  eventId: string;
  categoryId: string | null;
  /** ISO 4217. */
  currency: string;
}

/** The rules in force at a moment for this event, its host, its category, or everyone: one of each scope at most. */
export const rulesInForce = async (
  reader: Reader,
  { hostId, eventId, categoryId, currency }: CommissionTarget,
  at: Date,
): Promise<CommissionRule[]> => {
  const rows = await reader.commissionConfig.findMany({
    where: {
      currency,
      startsAt: { lte: at },
      AND: [
        { OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
        {
          OR: [
            { scope: 'EVENT', eventId },
            { scope: 'HOST', hostId },
            ...(categoryId === null ? [] : [{ scope: 'CATEGORY' as const, categoryId }]),
            { scope: 'GLOBAL' },
          ],
        },
      ],
    },
  });
  return rows.map(({ id, scope, payer, rateBasisPoints, fixedAmount, minAmount, maxAmount }) => ({
    id,
    scope,
    payer,
    rateBasisPoints,
    fixedMinor: fixedAmount,
    minMinor: minAmount,
    maxMinor: maxAmount,
  }));
};
