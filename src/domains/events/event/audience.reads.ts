import type { Transaction } from '../../../platform/db/client.ts';

/** People who have to do with an event in one way. */
export type Audience = 'PARTICIPANTS' | 'WAITLIST' | 'SAVERS';

const SOURCES = {
  PARTICIPANTS: `SELECT user_id FROM event_participants WHERE event_id = $1::uuid AND status = 'ISSUED' AND user_id IS NOT NULL`,
  WAITLIST: `SELECT user_id FROM waitlists WHERE event_id = $1::uuid AND status IN ('WAITING', 'OFFERED')`,
  SAVERS: `SELECT user_id FROM saved_events WHERE event_id = $1::uuid`,
} as const satisfies Record<Audience, string>;

/** Up to `limit` people of the audience after `cursor`, each once, in the order of their ids. */
export const audienceAfter = async (
  reader: Pick<Transaction, '$queryRawUnsafe'>,
  { audience, eventId, cursor, limit }: { audience: Audience; eventId: string; cursor: string | null; limit: number },
): Promise<string[]> => {
  const rows = await reader.$queryRawUnsafe<{ user_id: string }[]>(
    // Safe: the text is one of the three above.
    `SELECT DISTINCT user_id FROM (${SOURCES[audience]}) AS audience
     WHERE $2::uuid IS NULL OR user_id > $2::uuid ORDER BY user_id LIMIT $3::int`,
    eventId,
    cursor,
    limit,
  );
  return rows.map(({ user_id }) => user_id);
};
