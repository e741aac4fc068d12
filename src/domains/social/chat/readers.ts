import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { blockedAmong } from '../../identity/api.ts';
import type { Pictured } from '../../media/api.ts';
import { pointersOf } from './entry.rules.ts';
import { MAX_NAMED, readers } from './looking/contract.ts';
import { countMembers, findMembership } from './member.reads.ts';
import { messagesNow } from './messages-now.reads.ts';
import { findPeople } from './people.ts';
import { countReaders, readersOf } from './reader.reads.ts';
import { roomOf } from './room-name.rules.ts';

interface Deps extends Pictured {
  database: Database;
  rooms: Pick<RoomLog, 'undurable'>;
}

/** Who has read on to a message. */
export const listReaders = (deps: Deps) =>
  handle(readers, {
    load: async ({ chatId, seq }, { actor }) => {
      const membership = await findMembership(deps.database, chatId, actor.userId);
      const view = membership && (await messagesNow(deps, { chatId, viewerId: actor.userId, seqs: [seq] })).get(seq);
      return view ? { membership, senderId: view.message.senderId } : null;
    },
    allow: anyone,
    run: async ({ chatId, seq }, { senderId }, { actor, now }) => {
      const { database, rooms, pictures } = deps;
      const room = roomOf(chatId);
      const entries = (await rooms.undurable([room])).get(room)?.entries ?? [];
      // Those whose pointer is in the log already and not yet in its row.
      const ahead = entries.flatMap(pointersOf).filter((pointer) => pointer.seq >= seq);
      const wanted = { chatId, seq, senderId, aheadIds: [...new Set(ahead.map(({ userId }) => userId))] };
      if ((await countMembers(database, chatId)) > MAX_NAMED) {
        return { count: await countReaders(database, wanted), items: [] };
      }
      const userIds = await readersOf(database, wanted);
      const blocked = await blockedAmong(database, actor.userId, userIds);
      const named = userIds.filter((userId) => !blocked.has(userId));
      const people = await findPeople(database, named, { pictures, now });
      return { count: userIds.length, items: [...people.values()] };
    },
  });
