import type { Transaction } from '../../../platform/db/client.ts';

/**
 * Raises how far a stage's log is stored, and keeps others from storing it meanwhile.
 * @returns how far it was stored before; null when there is no such stage
 */
export const advanceStored = async (tx: Transaction, eventId: string, seq: number): Promise<number | null> => {
  const [row] = await tx.$queryRaw<{ before: bigint }[]>`
    UPDATE live_sessions AS stage SET stored_seq = GREATEST(stage.stored_seq, ${seq})
    FROM (SELECT event_id, stored_seq FROM live_sessions WHERE event_id = ${eventId}::uuid FOR NO KEY UPDATE) AS earlier
    WHERE stage.event_id = earlier.event_id
    RETURNING earlier.stored_seq AS before`;
  return row ? Number(row.before) : null;
};
