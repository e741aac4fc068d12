import type { Metrics } from '../../../platform/metrics.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import type { Seated } from '../../../platform/presence/seat.store.ts';
import type { Ephemera } from '../../../platform/rooms/ephemera.ts';
import { counted } from './contract.ts';

export interface CountingParts {
  presence: Pick<Presence, 'people' | 'seat'>;
  ephemera: Pick<Ephemera, 'publish'>;
  metrics: Pick<Metrics, 'presenceSignals'>;
}

/** Counts who sits in large rooms, over all nodes. Its maps are bounded by the seats of this node. */
export interface Counting {
  /**
   * Tells Redis who sits in the room on this node.
   * @returns whether the number has still to be told: to be called again in a second
   */
  count: (room: string, userIds: readonly string[]) => Promise<boolean>;
  /** @returns the counted rooms in which the person sits here: they are to be counted again */
  changed: (userId: string) => Iterable<string>;
  /** @returns all rooms that are counted here; nothing is known of them in Redis any more */
  startAnew: () => string[];
  isCounted: (room: string) => boolean;
  told: (room: string, seated: Seated) => void;
}

const NONE: ReadonlySet<string> = new Set();

export const createCounting = ({ presence, ephemera, metrics }: CountingParts): Counting => {
  /** By room, who was told to sit there. */
  const seated = new Map<string, Set<string>>();
  /** By person, in which rooms they sit, and whether they want to be seen; null where that is to be asked. */
  const people = new Map<string, { rooms: Set<string>; isSeen: boolean | null }>();

  const placeOf = (userId: string) => {
    const known = people.get(userId);
    if (known) return known;
    const place = { rooms: new Set<string>(), isSeen: null as boolean | null };
    people.set(userId, place);
    return place;
  };

  const askWhoIsSeen = async (userIds: readonly string[]): Promise<void> => {
    const unknown = userIds.filter((userId) => people.get(userId)?.isSeen === null);
    if (unknown.length === 0) return;
    for (const [userId, { isHere, chosen }] of await presence.people.read(unknown)) {
      const place = people.get(userId);
      // Who is not known to be here yet is counted once they are.
      if (place) place.isSeen = isHere && chosen !== '' && chosen !== 'INVISIBLE';
    }
  };

  const told: Counting['told'] = (room, { count, told: when }) => {
    if (when !== 'now') return;
    ephemera.publish(room, counted.name, { count });
    metrics.presenceSignals.inc({ signal: counted.name });
  };

  const leaveRoom = (userId: string, room: string): void => {
    const place = people.get(userId);
    place?.rooms.delete(room);
    if (place?.rooms.size === 0) people.delete(userId);
  };

  return {
    count: async (room, given) => {
      const here = new Set(given);
      for (const userId of here) placeOf(userId).rooms.add(room);
      await askWhoIsSeen([...here]);
      const before = seated.get(room) ?? new Set<string>();
      const joined = [...here].filter((userId) => people.get(userId)?.isSeen && !before.has(userId));
      const left = [...before].filter((userId) => !here.has(userId) || !people.get(userId)?.isSeen);
      const now = await presence.seat(room, joined, left);
      for (const userId of left) before.delete(userId);
      for (const userId of joined) before.add(userId);
      seated.set(room, before);
      for (const [userId, { rooms }] of people) if (rooms.has(room) && !here.has(userId)) leaveRoom(userId, room);
      if (here.size === 0) seated.delete(room);
      told(room, now);
      return now.told === 'later';
    },
    changed: (userId) => {
      const place = people.get(userId);
      if (!place) return NONE;
      place.isSeen = null;
      return place.rooms;
    },
    startAnew: () => {
      const rooms = [...seated.keys()];
      for (const room of rooms) seated.set(room, new Set());
      return rooms;
    },
    isCounted: (room) => seated.has(room),
    told,
  };
};
