import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { since } from '../../../platform/db/moments.ts';
import type { From } from './timeline.rules.ts';

type Reader = Pick<Transaction, '$queryRaw'>;
interface Page {
  from: From;
  limit: number;
}
interface Found {
  id: string;
  at: Date;
}

/** Polls that people could vote in, when they were opened first. */
export const pollMoments = (reader: Reader, eventId: string, { from, limit }: Page): Promise<Found[]> =>
  reader.$queryRaw<Found[]>`
    SELECT id, opened_at AS at FROM polls
    WHERE event_id = ${eventId}::uuid AND status IN ('OPEN', 'CLOSED') AND ${since(Prisma.sql`opened_at`, Prisma.sql`id`, from)}
    ORDER BY opened_at, id LIMIT ${limit}`;

interface QuestionMoment extends Found {
  authorId: string | null;
  body: string;
  upvotes: number;
  answer: string | null;
}

/** Questions that everybody sees, when they were asked. */
export const questionMoments = (reader: Reader, eventId: string, { from, limit }: Page): Promise<QuestionMoment[]> =>
  reader.$queryRaw<QuestionMoment[]>`
    SELECT id, created_at AS at, CASE WHEN is_anonymous THEN NULL ELSE author_id END AS "authorId", body, upvotes, answer
    FROM questions
    WHERE event_id = ${eventId}::uuid AND status IN ('VISIBLE', 'ANSWERING', 'ANSWERED')
      AND ${since(Prisma.sql`created_at`, Prisma.sql`id`, from)}
    ORDER BY created_at, id LIMIT ${limit}`;

/** Minutes in which somebody applauded. */
export const applauseMoments = (
  reader: Reader,
  eventId: string,
  { from, limit }: Page,
): Promise<{ at: Date; reactions: Record<string, number> }[]> => {
  // One row a minute: of the very moment there is all or nothing.
  const edge = from.ofMoment === 'all' ? Prisma.sql`minute >= ${from.at}` : Prisma.sql`minute > ${from.at}`;
  return reader.$queryRaw`
    SELECT minute AS at, jsonb_object_agg(emoji, count) AS reactions FROM live_applause
    WHERE event_id = ${eventId}::uuid AND ${edge} GROUP BY minute ORDER BY minute LIMIT ${limit}`;
};
