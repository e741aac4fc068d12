import type { RoomHandler } from '../../../kernel/domain.ts';
import { Id } from '../../../kernel/wire.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import type { Log } from '../../../platform/log.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { findMembership, membersOf } from './member.reads.ts';
import { persistChats } from './persist.ts';
import { findSeed } from './room.reads.ts';
import { chatRoom } from './signals/contract.ts';
import { tellActivity } from './tell-activity.ts';

interface Deps {
  database: Database;
  clock: Clock;
  sockets: Pick<Sockets, 'tellUsers'>;
  log: Log;
}

/** A chat's room: its members may watch it, asked afresh each time; its log is stored as messages. */
export const createChatRoom = ({ database, clock, sockets, log }: Deps): RoomHandler<Transaction> => ({
  contract: chatRoom,
  canWatch: async (actor, chatId) =>
    Id.safeParse(chatId).success && (await findMembership(database, chatId, actor.userId)) !== null,
  seed: async (chatId) => (Id.safeParse(chatId).success ? findSeed(database, chatId, clock.now()) : null),
  persist: persistChats,
  stored: tellActivity({ findMembers: (chatIds) => membersOf(database, chatIds), sockets, log }),
});
