import { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';
import type { StoredEntry } from './entry.reads.ts';

const Id = z.uuid();

/** What was sold, where an entry is of a sale, a refund or a dispute. */
export interface About {
  eventId: string;
  eventTitle: string;
  bookingReference: string | null;
}

/** By the id of an entry's source; absent for what is of no event. */
export const soldWith = async (
  reader: Pick<Transaction, '$queryRaw'>,
  entries: readonly Pick<StoredEntry, 'sourceType' | 'sourceId'>[],
): Promise<ReadonlyMap<string, About>> => {
  const idsOf = (type: string): string[] => [
    ...new Set(
      entries.flatMap(({ sourceType, sourceId }) =>
        sourceType === type && Id.safeParse(sourceId).success ? [sourceId] : [],
      ),
    ),
  ];
  const rows = await reader.$queryRaw<(About & { sourceId: string })[]>`
    SELECT s.source_id AS "sourceId", e.id AS "eventId", e.title AS "eventTitle", b.reference AS "bookingReference"
    FROM (
      SELECT p.id::text AS source_id, p.event_id, p.booking_id FROM payments AS p
        WHERE p.id = ANY(${idsOf('PAYMENT')}::uuid[])
      UNION ALL
      SELECT r.id::text, p.event_id, p.booking_id FROM refunds AS r JOIN payments AS p ON p.id = r.payment_id
        WHERE r.id = ANY(${idsOf('REFUND')}::uuid[])
      UNION ALL
      SELECT d.id::text, p.event_id, p.booking_id FROM disputes AS d JOIN payments AS p ON p.id = d.payment_id
        WHERE d.id = ANY(${idsOf('DISPUTE')}::uuid[])) AS s
    JOIN events AS e ON e.id = s.event_id LEFT JOIN bookings AS b ON b.id = s.booking_id`;
  return new Map(rows.map(({ sourceId, ...about }) => [sourceId, about]));
};
