import type { Transaction } from '../../../platform/db/client.ts';
import type { Key } from './check-in.reads.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** Events that somebody was scanned at since a moment. */
export const eventsScannedSince = async (reader: Reader, since: Date, limit: number): Promise<string[]> => {
  const rows = await reader.$queryRaw<{ eventId: string }[]>`
    SELECT DISTINCT event_id AS "eventId" FROM event_check_ins WHERE received_at > ${since} LIMIT ${limit}`;
  return rows.map(({ eventId }) => eventId);
};

/** Reads which tickets were scanned at which lists of an event. All lists of a ticket are on one page. */
export const keysAfter = (
  reader: Reader,
  { eventId, after, limit }: { eventId: string; after: string | null; limit: number },
): Promise<Key[]> => reader.$queryRaw<Key[]>`
  SELECT list_id AS "listId", participant_id AS "admissionId" FROM admission_states
  WHERE event_id = ${eventId}::uuid AND participant_id IN (
    SELECT DISTINCT participant_id FROM admission_states
    WHERE event_id = ${eventId}::uuid AND (${after}::uuid IS NULL OR participant_id > ${after}::uuid)
    ORDER BY participant_id LIMIT ${limit})
  ORDER BY participant_id, list_id`;
