import type { Transaction } from '../../../platform/db/client.ts';
import type { Promo } from './promo.ts';

type Reader = Pick<Transaction, 'promoCode'>;

interface Place {
  id: string;
  hostId: string;
}

/** Codes that may be given at an event: its own and its host's for all of their events, borne by the host, and the platform's. */
const validAt = ({ id, hostId }: Place) => ({
  OR: [
    { funding: 'HOST' as const, eventId: id },
    { funding: 'HOST' as const, eventId: null, createdById: hostId },
    { funding: 'PLATFORM' as const, eventId: null },
  ],
});

/** These codes as they count at the event, by code. Of the same text the event's own goes first, then its host's. */
export const promosByCode = async (
  reader: Reader,
  event: Place,
  codes: readonly string[],
): Promise<Map<string, Promo>> => {
  if (codes.length === 0) return new Map();
  const rows = await reader.promoCode.findMany({
    where: { code: { in: [...codes] }, ...validAt(event) },
    // The last of a text stays: the platform's come first.
    orderBy: [{ eventId: { sort: 'asc', nulls: 'first' } }, { funding: 'desc' }],
  });
  return new Map(rows.map((row) => [row.code, row]));
};

/** Uses by one person, of each of these codes: live and confirmed ones. */
export const usesByPeople = async (
  reader: Pick<Transaction, 'promoUserCounter'>,
  promoIds: readonly string[],
  userIds: readonly string[],
): Promise<Map<string, number>> => {
  if (promoIds.length === 0) return new Map();
  const rows = await reader.promoUserCounter.findMany({
    where: { promoCodeId: { in: [...promoIds] }, userId: { in: [...userIds] } },
  });
  return new Map(
    rows.map(({ promoCodeId, userId, reserved, redeemed }) => [`${promoCodeId} ${userId}`, reserved + redeemed]),
  );
};

/** The most uses that any one person has of a code: live and confirmed ones. Exact only while the code is locked. */
export const mostUsesOfOne = async (reader: Pick<Transaction, '$queryRaw'>, promoCodeId: string): Promise<number> => {
  const [row] = await reader.$queryRaw<{ most: number | null }[]>`
    SELECT max(reserved + redeemed)::int AS most FROM promo_user_counters WHERE promo_code_id = ${promoCodeId}::uuid`;
  return row?.most ?? 0;
};

export const findPromo = (reader: Reader, id: string) => reader.promoCode.findUnique({ where: { id } });

/** Whose codes: of one event, of somebody for all of their events, or the platform's. */
export interface PromoOwner {
  funding: 'HOST' | 'PLATFORM';
  eventId?: string;
  createdById?: string;
}

interface Page {
  of: PromoOwner;
  after: string | undefined;
  limit: number;
}

/** Codes, newest first. */
export const listPromos = (reader: Reader, { of, after, limit }: Page) =>
  reader.promoCode.findMany({
    where: {
      ...of,
      ...(after === undefined ? {} : { id: { lt: after } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  });
