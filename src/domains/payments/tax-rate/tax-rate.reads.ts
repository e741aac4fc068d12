import type { Transaction } from '../../../platform/db/client.ts';
import type { TaxRate } from './rate.ts';

type Reader = Pick<Transaction, 'taxRate'>;

/**
 * What these rates are at a moment, by the id that was asked for: a rate that has ended is followed by the one of the same
 * kind, country and region that is in force. Absent: no such tax is in force then.
 */
export const ratesInForce = async (
  reader: Reader,
  ids: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, TaxRate>> => {
  if (ids.length === 0) return new Map();
  const asked = await reader.taxRate.findMany({ where: { id: { in: [...ids] } } });
  const inForce = await reader.taxRate.findMany({
    where: {
      OR: asked.map(({ kind, country, region }) => ({ kind, country, region })),
      startsAt: { lte: at },
      AND: [{ OR: [{ endsAt: null }, { endsAt: { gt: at } }] }],
    },
    orderBy: { startsAt: 'desc' },
  });
  const placeOf = ({ kind, country, region }: (typeof inForce)[number]): string => [kind, country, region].join('/');
  // Of two that overlap the later one wins: it comes last.
  const byPlace = new Map(inForce.toReversed().map((rate) => [placeOf(rate), rate]));
  return new Map(
    asked.flatMap((rate) => {
      const current = byPlace.get(placeOf(rate));
      return current === undefined ? [] : [[rate.id, current] as const];
    }),
  );
};
