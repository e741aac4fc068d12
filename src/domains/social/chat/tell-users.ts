import type { SignalContract } from '../../../kernel/contract.ts';
import type { Draft, RoomLog } from '../../../platform/rooms/log.ts';
import { passOverGoneRoom } from './gone-room.rules.ts';

const AT_ONCE = 50;

/**
 * Says the same in the room of each of these users, so that their chat lists follow although they do not watch the chat. Who
 * has closed their account has no room any more.
 */
export const tellUsers = async (
  rooms: Pick<RoomLog, 'append'>,
  userIds: string[],
  draft: Pick<Draft, 'id' | 'by'> & { signal: SignalContract; data: (userId: string) => unknown },
): Promise<void> => {
  const { id, by, signal, data } = draft;
  for (let from = 0; from < userIds.length; from += AT_ONCE) {
    const some = userIds.slice(from, from + AT_ONCE);
    const tell = (userId: string) =>
      rooms.append(`user:${userId}`, { id, signal: signal.name, ...(by ? { by } : {}), data: data(userId) });
    await Promise.all(some.map((userId) => tell(userId).catch(passOverGoneRoom)));
  }
};
