import { invalidField } from '../../../kernel/errors.ts';
import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy, readCursor } from '../../../platform/db/pages.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { findOnStage, type StandingDeps } from '../standing/standing.ts';
import { list } from './contract.ts';
import { viewQuestion } from './present.ts';
import {
  countQuestions,
  newestQuestions,
  type QuestionOrder,
  type QuestionRow,
  topQuestions,
} from './question.reads.ts';
import { endOfLog, withUpvotes } from './upvotes.ts';

interface Deps extends StandingDeps {
  rooms: Pick<RoomLog, 'undurable'>;
}

const FOR_TEAM: ReadonlySet<QuestionOrder> = new Set(['pending', 'dismissed']);

/** Questions of an event, page by page. */
export const listQuestions = (deps: Deps) =>
  handle(list, {
    load: ({ eventId }, { actor, now }) => findOnStage(deps, eventId, { actor, now }),
    allow: (_actor, { viewer }, { order }) => viewer.supervises || !FOR_TEAM.has(order),
    run: async ({ eventId, order, cursor, limit }, _onStage, { actor }) => {
      const entries = await endOfLog(deps.rooms, eventId);
      const wanted = { eventId, userId: actor.userId, limit: limit + 1 };
      const rows = await readPage(deps.database, wanted, { order, cursor });
      const { items, nextCursor } = pageBy(rows, limit, cursorOf);
      const shown = await withUpvotes(deps.database, items, { userId: actor.userId, entries });
      return {
        items: shown.map(({ row, isUpvoted }) => viewQuestion(row, { userId: actor.userId, isUpvoted })),
        nextCursor,
        counts: await countQuestions(deps.database, eventId),
      };
    },
  });

const readPage = (
  database: Database,
  wanted: { eventId: string; userId: string; limit: number },
  { order, cursor }: { order: QuestionOrder; cursor: string | undefined },
): Promise<QuestionRow[]> => {
  const [upvotes, place] = split(cursor);
  if (order !== 'top') return newestQuestions(database, wanted, { order, after: place });
  return topQuestions(database, wanted, place && { ...place, upvotes });
};

/** A place in either order: how many upvotes, when, and which. */
const cursorOf = ({ upvotes, createdAt, id }: QuestionRow): string => `${upvotes}.${createdAt.getTime()}_${id}`;

/** @throws INVALID_INPUT */
const split = (cursor: string | undefined) => {
  if (cursor === undefined) return [0, null] as const;
  const [, upvotes, place] = /^(\d{1,9})\.(.+)$/.exec(cursor) ?? [];
  if (place === undefined) throw invalidField('cursor', 'must be a nextCursor');
  return [Number(upvotes), readCursor(place)] as const;
};
