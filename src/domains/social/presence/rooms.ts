import type { Database } from '../../../platform/db/client.ts';
import type { Log } from '../../../platform/log.ts';
import type { Place, Presence } from '../../../platform/presence/presence.ts';
import type { Counting } from './counting.ts';
import type { Following } from './following.ts';
import { type CountedRoom, readRoom } from './room-kind.rules.ts';
import { membersOfSmallChats } from './small-chat.reads.ts';

/** A room's number is told this often at most. */
const TURN_MS = 1_000;
const ROOMS_A_TURN = 500;

export interface RoomsParts {
  database: Database;
  presence: Pick<Presence, 'seatsIn'>;
  following: Pick<Following, 'watchInRoom' | 'unwatchRoom'>;
  counting: Counting;
  log: Pick<Log, 'warn'>;
}

/** Looks at the rooms of this node in which seats, or members, have changed. */
export interface PresenceRooms {
  changed: (room: string) => void;
}

/**
 * In a small chat, who watches the room follows its members; in a larger one, and at an event, people are counted. What is
 * kept is bounded by the seats of the node.
 */
export const createPresenceRooms = ({ database, presence, following, counting, log }: RoomsParts): PresenceRooms => {
  const dirty = new Set<string>();
  /** By room, the connections that follow its members. */
  const followers = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | null = null;

  const followMembers = (room: string, places: Place[], members: string[]): void => {
    const before = followers.get(room) ?? new Set<string>();
    const now = new Set(places.map(({ connectionId }) => connectionId));
    for (const connectionId of before) if (!now.has(connectionId)) following.unwatchRoom(connectionId, room);
    for (const place of places) {
      following.watchInRoom(
        place,
        room,
        members.filter((userId) => userId !== place.userId),
      );
    }
    if (now.size > 0) followers.set(room, now);
    else followers.delete(room);
  };

  const look = async (room: string, members: string[] | undefined): Promise<void> => {
    const places = presence.seatsIn(room);
    const isSmall = members !== undefined;
    if (isSmall || followers.has(room)) followMembers(room, isSmall ? places : [], members ?? []);
    if (isSmall && !counting.isCounted(room)) return;
    const userIds = isSmall ? [] : places.map(({ userId }) => userId);
    if (await counting.count(room, userIds)) dirty.add(room);
  };

  const lookAt = async (rooms: (CountedRoom & { room: string })[]): Promise<void> => {
    const chatIds = rooms.flatMap(({ kind, id }) => (kind === 'chat' ? [id] : []));
    const small = chatIds.length > 0 ? await membersOfSmallChats(database, chatIds) : new Map<string, string[]>();
    for (const { room, kind, id } of rooms) await look(room, kind === 'chat' ? small.get(id) : undefined);
  };

  const turn = async (): Promise<void> => {
    const rooms = [...dirty].slice(0, ROOMS_A_TURN);
    for (const room of rooms) dirty.delete(room);
    try {
      await lookAt(rooms.flatMap((room) => ({ ...(readRoom(room) ?? []), room }) as CountedRoom & { room: string }));
    } catch (error) {
      for (const room of rooms) dirty.add(room);
      log.warn({ err: error }, 'it could not be told who is in a room');
    }
    timer = null;
    wake();
  };

  const wake = (): void => {
    if (timer || dirty.size === 0) return;
    // Never rejects.
    timer = setTimeout(() => void turn(), TURN_MS).unref();
  };

  return {
    changed: (room) => {
      if (readRoom(room) === null) return;
      dirty.add(room);
      wake();
    },
  };
};
