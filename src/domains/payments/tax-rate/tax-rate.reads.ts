import type { Transaction } from '../../../platform/db/client.ts';
import type { TaxRate } from './rate.rules.ts';

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

/** A rate as it is stored. */
export type StoredTaxRate = NonNullable<Awaited<ReturnType<Reader['taxRate']['findFirst']>>>;

interface Page {
  country: string | undefined;
  /** Only those in force then; null for all. */
  at: Date | null;
  /** The id of the last rate of the page before. */
  after: string | undefined;
  limit: number;
}

/** Rates, the latest made first. */
export const listTaxRates = (reader: Reader, { country, at, after, limit }: Page): Promise<StoredTaxRate[]> =>
  reader.taxRate.findMany({
    where: {
      ...(country === undefined ? {} : { country }),
      ...(after === undefined ? {} : { id: { lt: after } }),
      ...(at === null ? {} : { startsAt: { lte: at }, OR: [{ endsAt: null }, { endsAt: { gt: at } }] }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  });

/** The rate of a place that begins last; null when there never was one. */
export const lastRateOf = (
  reader: Reader,
  place: Pick<StoredTaxRate, 'kind' | 'country' | 'region'>,
): Promise<StoredTaxRate | null> => reader.taxRate.findFirst({ where: place, orderBy: { startsAt: 'desc' } });
