import type { RevocationReason } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
import { newId } from '../../../platform/ids.ts';
import { hybridClockAt } from '../checkin/hybrid-clock.rules.ts';
import { ticketsRevoked } from '../door/facts.ts';

interface Revoking {
  eventId: string;
  reason: RevocationReason;
  now: Date;
}

/**
 * Kills the codes of these tickets: everything below a generation after theirs, from the next version of the devices'
 * bundle on. Under the event's lock, so that versions follow each other. Doors that scan one of them at this moment are
 * waited for, and the revocation is stamped after what they let in.
 */
export const revokeTickets = async (
  tx: Transaction,
  tickets: readonly { id: string; generation: number }[],
  { eventId, reason, now }: Revoking,
): Promise<void> => {
  if (tickets.length === 0) return;
  const ids = tickets.map(({ id }) => id);
  await tx.$executeRaw`
    SELECT 1 FROM event_participants WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  const rows = tickets.map(({ id, generation }) => ({ id: newId(), participantId: id, minGeneration: generation + 1 }));
  const revoked = await tx.$queryRaw<{ admissionId: string; minGeneration: number; epoch: number }[]>`
    INSERT INTO ticket_revocations (id, event_id, participant_id, min_generation, reason, hybrid_clock, epoch)
    SELECT id, ${eventId}::uuid, "participantId", least("minGeneration", 65535), ${reason}::revocation_reason,
      greatest(${hybridClockAt(now)}::bigint,
        (SELECT max(hybrid_clock) + 1 FROM admission_states WHERE participant_id = "participantId")),
      1 + coalesce((SELECT max(epoch) FROM ticket_revocations WHERE event_id = ${eventId}::uuid), 0)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "participantId" uuid, "minGeneration" int)
    ON CONFLICT (participant_id, min_generation) DO NOTHING
    RETURNING participant_id AS "admissionId", min_generation AS "minGeneration", epoch`;
  const [first] = revoked;
  if (!first) return;
  const told = revoked.map(({ admissionId, minGeneration }) => ({ admissionId, minGeneration }));
  await recordIn(tx)(ticketsRevoked, { eventId, epoch: first.epoch, tickets: told });
};

/** Gives a ticket its next generation. @returns it; null when the ticket is not issued any more */
export const raiseGeneration = async (tx: Transaction, admissionId: string): Promise<number | null> => {
  const [row] = await tx.$queryRaw<{ generation: number }[]>`
    UPDATE event_participants SET generation = generation + 1, updated_at = now()
    WHERE id = ${admissionId}::uuid AND status = 'ISSUED' AND generation < 65535 RETURNING generation`;
  return row?.generation ?? null;
};

/** Gives issued tickets whose codes were all revoked codes of the next generation: who holds them gets in again. */
export const reviveTickets = async (tx: Transaction, tickets: readonly { id: string }[]): Promise<void> => {
  await tx.$executeRaw`
    UPDATE event_participants AS p SET generation = r.least, updated_at = now()
    FROM (SELECT participant_id, max(min_generation) AS least FROM ticket_revocations
          WHERE participant_id = ANY(${tickets.map(({ id }) => id)}::uuid[]) GROUP BY participant_id) AS r
    WHERE p.id = r.participant_id AND p.status = 'ISSUED' AND p.generation < r.least`;
};

/** Marks a ticket as passed on. @returns false when it is not issued any more */
export const markTransferred = async (tx: Transaction, admissionId: string, now: Date): Promise<boolean> =>
  (await tx.$executeRaw`
    UPDATE event_participants SET status = 'TRANSFERRED', updated_at = ${now}
    WHERE id = ${admissionId}::uuid AND status = 'ISSUED'`) === 1;
