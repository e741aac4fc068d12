import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Pictured } from '../../media/api.ts';
import { history } from './contract.ts';
import { logEnd, readSpan, type Span } from './history-page.reads.ts';
import { findMembership } from './member.reads.ts';
import { findPeople } from './people.ts';
import { presentMessages } from './present.ts';
import { roomOf } from './room-name.rules.ts';

interface Deps extends Pictured {
  database: Database;
  rooms: Pick<RoomLog, 'undurable' | 'position'>;
}

/** Reads the log's end, then PostgreSQL, and lays the one over the other: the answer is the log's, however far storing lags. */
export const readHistory = ({ database, rooms, pictures }: Deps) =>
  handle(history, {
    load: ({ chatId }, { actor }) => findMembership(database, chatId, actor.userId),
    allow: anyone,
    run: async ({ chatId, limit, ...cursors }, _membership, { actor, now }) => {
      const { position, entries } = await logEnd(rooms, roomOf(chatId));
      const span = spanOf(cursors);
      const wanted = { chatId, viewerId: actor.userId, span, limit, entries };
      const { items, hasMore } = await readSpan(database, wanted);
      const edge = span.from === 'oldest' ? items.at(-1) : items[0];
      const people = await findPeople(
        database,
        items.map(({ message }) => message.senderId),
        { pictures, now },
      );
      return {
        items: await presentMessages(database, items, { pictures, now }),
        nextCursor: hasMore && edge ? edge.message.seq : null,
        position: { epoch: position.epoch, seq: position.seq },
        people: [...people.values()],
      };
    },
  });

interface Cursors {
  before?: number | undefined;
  after?: number | undefined;
  cursor?: number | undefined;
}

/** What lies between the cursors, both exclusive; `cursor` goes on in the direction the list is read. */
const spanOf = ({ before, after, cursor }: Cursors): Span => {
  const end = Number.MAX_SAFE_INTEGER;
  if (after !== undefined) return { after: cursor ?? after, before: before ?? end, from: 'oldest' };
  return { after: 0, before: cursor ?? before ?? end, from: 'newest' };
};
