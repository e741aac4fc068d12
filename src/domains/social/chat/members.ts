import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Pictured } from '../../media/api.ts';
import { members } from './contract.ts';
import { findMembership } from './member.reads.ts';
import { roomOf } from './room-name.rules.ts';
import { showMembers } from './show-members.ts';

interface Deps extends Pictured {
  database: Database;
  rooms: Pick<RoomLog, 'undurable'>;
}

/** Who is in the chat, for its members. */
export const listMembers = ({ database, rooms, pictures }: Deps) =>
  handle(members, {
    load: ({ chatId }, { actor }) => findMembership(database, chatId, actor.userId),
    allow: anyone,
    run: async ({ chatId, cursor, limit }, { kind }, { now }) => {
      const room = roomOf(chatId);
      const entries = (await rooms.undurable([room])).get(room)?.entries ?? [];
      return showMembers(database, { chatId, kind, cursor, limit, entries, showing: { pictures, now } });
    },
  });
