import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { type Since, since } from '../../../platform/db/moments.ts';

/** An update as a timeline shows it. */
export interface UpdateMoment {
  id: string;
  at: Date;
  title: string;
  body: string;
}

/** Updates of an event for everybody, and those for participants to who is one, in the order they were published. */
export const updateMoments = (
  reader: Pick<Transaction, '$queryRaw'>,
  { eventId, isParticipant, from, limit }: { eventId: string; isParticipant: boolean; from: Since; limit: number },
): Promise<UpdateMoment[]> => reader.$queryRaw<UpdateMoment[]>`
  SELECT id, published_at AS at, title, body FROM event_updates
  WHERE event_id = ${eventId}::uuid AND deleted_at IS NULL AND published_at IS NOT NULL
    AND (audience = 'PUBLIC' OR (${isParticipant} AND audience = 'PARTICIPANTS'))
    AND ${since(Prisma.sql`published_at`, Prisma.sql`id`, from)}
  ORDER BY published_at, id LIMIT ${limit}`;
