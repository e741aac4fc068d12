import type { Transaction } from '../../../platform/db/client.ts';
import type { Promo } from './promo.ts';

type Reader = Pick<Transaction, 'promoCode'>;

interface Place {
  id: string;
  hostId: string;
}

/** Codes that may be given at an event: its own, and its host's for all of their events. Who bears them is the host. */
const validAt = ({ id, hostId }: Place) => ({
  funding: 'HOST' as const,
  OR: [{ eventId: id }, { eventId: null, createdById: hostId }],
});

/** These codes as they count at the event, by code. An event's own code goes before a wider one of the same text. */
export const promosByCode = async (
  reader: Reader,
  event: Place,
  codes: readonly string[],
): Promise<Map<string, Promo>> => {
  if (codes.length === 0) return new Map();
  const rows = await reader.promoCode.findMany({
    where: { code: { in: [...codes] }, ...validAt(event) },
    orderBy: { eventId: { sort: 'asc', nulls: 'first' } },
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

export const findPromo = (reader: Reader, id: string) => reader.promoCode.findUnique({ where: { id } });

interface Page {
  /** Codes of one event, or else those somebody made for all of their events. */
  eventId: string | undefined;
  createdById: string;
  after: string | undefined;
  limit: number;
}

/** Codes, newest first. */
export const listPromos = (reader: Reader, { eventId, createdById, after, limit }: Page) =>
  reader.promoCode.findMany({
    where: {
      ...(eventId === undefined ? { createdById } : { eventId }),
      ...(after === undefined ? {} : { id: { lt: after } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  });
