import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw' | 'eventSigningKey' | 'ticketType'>;

/**
 * The version of an event's bundle: numbers that rise whenever its contents change. Two bundles with the same version have the
 * same contents.
 */
export const bundleState = async (reader: Reader, eventId: string): Promise<{ epoch: number; version: string }> => {
  const [row] = await reader.$queryRaw<{ epoch: number; version: string }[]>`
    SELECT revoked.epoch, concat_ws('.', revoked.epoch, rules.epochs, rules.lists, keys.last, sold.count,
      sold.changed, extract(epoch FROM event.updated_at)::bigint) AS version
    FROM events AS event,
      (SELECT coalesce(max(epoch), 0)::int AS epoch FROM ticket_revocations WHERE event_id = ${eventId}::uuid) AS revoked,
      (SELECT coalesce(sum(rules_epoch), 0) AS epochs, count(*) AS lists FROM check_in_lists
       WHERE event_id = ${eventId}::uuid) AS rules,
      (SELECT coalesce(max(key_number), 0) AS last FROM event_signing_keys WHERE event_id = ${eventId}::uuid) AS keys,
      (SELECT count(*) AS count, coalesce(extract(epoch FROM max(updated_at)) * 1000, 0)::bigint AS changed
       FROM event_participants WHERE event_id = ${eventId}::uuid AND status = 'ISSUED') AS sold
    WHERE event.id = ${eventId}::uuid`;
  return row ?? { epoch: 0, version: '0' };
};

/** All keys of an event. */
export const keysOf = (reader: Reader, eventId: string) =>
  reader.eventSigningKey.findMany({
    where: { eventId },
    orderBy: { keyNumber: 'asc' },
    select: { keyNumber: true, publicKey: true },
  });

/** The types of an event's tickets. */
export const typesOf = (reader: Reader, eventId: string) =>
  reader.ticketType.findMany({
    where: { eventId },
    orderBy: { id: 'asc' },
    select: { id: true, validFrom: true, validUntil: true },
  });

/** The lowest good generation of every ticket of which one was revoked. */
export const leastGenerations = (reader: Reader, eventId: string) =>
  reader.$queryRaw<{ admissionId: string; minGeneration: number }[]>`
    SELECT participant_id AS "admissionId", max(min_generation) AS "minGeneration" FROM ticket_revocations
    WHERE event_id = ${eventId}::uuid GROUP BY participant_id ORDER BY participant_id`;

/** Ids of the issued tickets after one, in order. */
export const issuedTickets = async (
  reader: Reader,
  eventId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> => {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM event_participants
    WHERE event_id = ${eventId}::uuid AND status = 'ISSUED' AND (${after}::uuid IS NULL OR id > ${after}::uuid)
    ORDER BY id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
};
