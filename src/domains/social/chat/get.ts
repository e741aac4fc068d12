import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Pictured } from '../../media/api.ts';
import { get } from './contract.ts';
import { findMembership } from './member.reads.ts';
import { roomOf } from './room-name.rules.ts';
import { showChat } from './show-chat.ts';

interface Deps extends Pictured {
  database: Database;
  rooms: Pick<RoomLog, 'undurable'>;
}

/** One chat, for its members. */
export const getChat = ({ database, rooms, pictures }: Deps) =>
  handle(get, {
    load: ({ chatId }, { actor }) => findMembership(database, chatId, actor.userId),
    allow: anyone,
    run: async ({ chatId }, membership, { now }) => {
      const room = roomOf(chatId);
      const entries = (await rooms.undurable([room])).get(room)?.entries ?? [];
      return showChat(database, membership, { entries, showing: { pictures, now } });
    },
  });
