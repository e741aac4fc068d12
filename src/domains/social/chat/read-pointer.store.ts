import { newId } from '../../../platform/ids.ts';
import { loadScript } from '../../../platform/redis/script.ts';
import { partitionOf, partitionPrefix } from '../../../platform/rooms/keys.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Pointer } from './entry.rules.ts';
import { roomOf } from './room-name.rules.ts';

const READ_TO = loadScript(new URL('./read-to.lua', import.meta.url));
const TTL_SECONDS = 24 * 3_600;
const NOT_LOADED = 1;

export interface PointerMove extends Pointer {
  /** The stored pointer to start from where Redis holds none; absent as long as nobody has asked for it. */
  load: number | undefined;
}

export interface ReadPointerStore {
  /**
   * Moves pointers forward and appends one entry for those that moved, in one atomic step.
   * @param named whether the entry tells who has read, or only how many
   * @returns for each move its user's pointer now, null where `seq` lies beyond the room's end; or the users that have to
   *   be loaded before anything is done
   * @throws NOT_FOUND, OVERLOADED
   */
  move: (chatId: string, moves: PointerMove[], named: boolean) => Promise<(number | null)[] | { missing: string[] }>;
}

/** Read pointers of those who read, in the room's partition. They expire, and are void under another epoch. */
export const createReadPointerStore = ({ rooms }: { rooms: Pick<RoomLog, 'run'> }): ReadPointerStore => ({
  move: async (chatId, moves, named) => {
    const room = roomOf(chatId);
    const keys = [`${partitionPrefix(partitionOf(room))}:pointers:${room}`];
    const users = moves.flatMap(({ userId, seq, load }) => [userId, seq, load ?? '']);
    const args = [newId(), TTL_SECONDS, named ? 1 : 0, ...users];
    const [code, ...reply] = await rooms.run(room, READ_TO, { keys, args });
    if (code === NOT_LOADED) return { missing: reply.map(String) };
    return reply.map((pointer) => (Number(pointer) < 0 ? null : Number(pointer)));
  },
});
