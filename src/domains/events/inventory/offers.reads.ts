import type { Transaction } from '../../../platform/db/client.ts';

export interface DeadOffer {
  id: string;
  entryId: string;
  userId: string;
  lapses: number;
}

/** Offers of an event that were not answered in time, by PostgreSQL's clock. */
export const deadOffers = (
  reader: Pick<Transaction, '$queryRaw'>,
  eventId: string,
  limit: number,
): Promise<DeadOffer[]> =>
  reader.$queryRaw<DeadOffer[]>`
    SELECT o.id, o.waitlist_id AS "entryId", o.user_id AS "userId", w.lapses
    FROM waitlist_offers AS o JOIN waitlists AS w ON w.id = o.waitlist_id
    WHERE o.event_id = ${eventId}::uuid AND o.status = 'OFFERED' AND o.expires_at <= now()
    ORDER BY o.expires_at LIMIT ${limit}`;
