import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { authorRemoved } from '../facts.ts';
import { isSent } from './entry.rules.ts';
import { passOverGoneRoom } from './gone-room.rules.ts';
import { messagesBy } from './remove-chats.reads.ts';
import { roomOf } from './room-name.rules.ts';
import { deleted } from './signals/contract.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append' | 'undurable'>;
}

/**
 * Deletes what somebody said whose account was removed, in the name of its author and with the same entries as if they had
 * done it: a repeat finds them in the log, or finds the messages deleted.
 */
export const onAuthorRemoved = ({ database, rooms }: Deps): Subscriber =>
  subscribe({
    name: 'social.deleteMessagesOfRemovedAuthor',
    fact: authorRemoved,
    run: async ({ chatId, userId }) => {
      const room = roomOf(chatId);
      // Before PostgreSQL is read, so that nothing falls between the two.
      const entries = (await rooms.undurable([room])).get(room)?.entries ?? [];
      const waiting = entries.filter((entry) => isSent(entry) && entry.by === userId).map(({ seq }) => seq);
      const seqs = new Set([...(await messagesBy(database, chatId, userId)), ...waiting]);
      for (const seq of seqs) {
        const draft = { id: `delete:${seq}`, signal: deleted.name, by: userId, data: { seq } };
        await rooms.append(room, draft).catch(passOverGoneRoom);
      }
    },
  });
