import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';
import { COVER } from '../event/event.reads.ts';

interface Wanted {
  userId: string;
  when: 'UPCOMING' | 'PAST';
  now: Date;
  /** The last one of the page before. */
  after: Place | null;
  limit: number;
}

/** Issued tickets in somebody's hands, by the start of their events: those to come upwards, those that are over downwards. */
export const ticketsHeldBy = (
  reader: Pick<Transaction, 'eventParticipant'>,
  { userId, when, now, after, limit }: Wanted,
) => {
  const direction = when === 'UPCOMING' ? 'asc' : 'desc';
  const beyond = direction === 'asc' ? 'gt' : 'lt';
  return reader.eventParticipant.findMany({
    where: {
      status: 'ISSUED',
      event: { endDate: when === 'UPCOMING' ? { gte: now } : { lt: now } },
      AND: [
        // As `ownsTicket` says: a guest without an account has it from who booked.
        { OR: [{ userId }, { userId: null, booking: { userId } }] },
        after
          ? {
              OR: [
                { event: { startDate: { [beyond]: after.at } } },
                { event: { startDate: after.at }, id: { [beyond]: after.id } },
              ],
            }
          : {},
      ],
    },
    include: {
      event: { include: COVER },
      booking: { select: { priceSnapshot: true } },
      ticketType: { select: { name: true, transferable: true, validFrom: true, validUntil: true } },
      admissionStates: { where: { entries: { gt: 0 } }, select: { listId: true }, take: 1 },
    },
    orderBy: [{ event: { startDate: direction } }, { id: direction }],
    take: limit,
  });
};

export type HeldRow = Awaited<ReturnType<typeof ticketsHeldBy>>[number];

/** The keys by which the tickets of these events are signed and proved now, still sealed. */
export const activeKeysOf = (reader: Pick<Transaction, 'eventSigningKey'>, eventIds: readonly string[]) =>
  reader.eventSigningKey.findMany({
    where: { eventId: { in: [...eventIds] }, status: 'ACTIVE' },
    select: { id: true, eventId: true, keyNumber: true, privateKey: true, gateKey: true },
  });

export type ActiveKey = Awaited<ReturnType<typeof activeKeysOf>>[number];
