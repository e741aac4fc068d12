import type { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';
import type { DoorCounts } from './contract.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

interface OfList {
  listId: string;
  name: string;
  admitted: number;
  inside: number;
  expected: number;
}

/** Counts the people at an event's doors; null for an event that there is not. */
export const countDoor = async (reader: Reader, eventId: string): Promise<z.infer<typeof DoorCounts> | null> => {
  const [whole] = await reader.$queryRaw<{ admitted: number; inside: number; expected: number; conflicts: number }[]>`
    SELECT
      (SELECT count(DISTINCT participant_id)::int FROM admission_states
       WHERE event_id = event.id AND entries > 0) AS admitted,
      (SELECT count(DISTINCT participant_id)::int FROM admission_states
       WHERE event_id = event.id AND is_inside) AS inside,
      (SELECT count(*)::int FROM event_participants
       WHERE event_id = event.id AND status = 'ISSUED') AS expected,
      (SELECT count(*)::int FROM event_check_ins AS scan
       JOIN check_in_outcomes AS result ON result.check_in_id = scan.id
       WHERE scan.event_id = event.id AND result.outcome = 'CONFLICT') AS conflicts
    FROM events AS event WHERE event.id = ${eventId}::uuid AND event.deleted_at IS NULL`;
  if (!whole) return null;
  return { eventId, ...whole, lists: await countLists(reader, eventId) };
};

const countLists = (reader: Reader, eventId: string): Promise<OfList[]> => reader.$queryRaw<OfList[]>`
  SELECT list.id AS "listId", list.name,
    (SELECT count(*)::int FROM admission_states WHERE list_id = list.id AND entries > 0) AS admitted,
    (SELECT count(*)::int FROM admission_states WHERE list_id = list.id AND is_inside) AS inside,
    (SELECT count(*)::int FROM event_participants AS holder
     WHERE holder.event_id = list.event_id AND holder.status = 'ISSUED'
       AND (cardinality(list.ticket_type_ids) = 0 OR holder.ticket_type_id = ANY(list.ticket_type_ids))) AS expected
  FROM check_in_lists AS list WHERE list.event_id = ${eventId}::uuid
  ORDER BY list.is_default DESC, list.created_at, list.id`;
