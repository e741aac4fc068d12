/** Who watches which room on this node. */
export interface Audience {
  /** How many people do; one with several devices counts once. */
  count: (room: string) => number;
  /** The rooms of a kind that somebody watches. */
  rooms: (kind: string) => string[];
  /** Kept by the shell that seats people, one call for each seat. */
  seated: (room: string, userId: string) => void;
  left: (room: string, userId: string) => void;
}

/** Counts a node's watchers as they are seated, so that asking costs nothing. */
export const createAudience = (): Audience => {
  /** Seats by person. */
  const watched = new Map<string, Map<string, number>>();
  return {
    count: (room) => watched.get(room)?.size ?? 0,
    rooms: (kind) => [...watched.keys()].filter((room) => room.startsWith(`${kind}:`)),
    seated: (room, userId) => {
      const people = watched.get(room) ?? new Map<string, number>();
      watched.set(room, people);
      people.set(userId, (people.get(userId) ?? 0) + 1);
    },
    left: (room, userId) => {
      const people = watched.get(room);
      const seats = (people?.get(userId) ?? 0) - 1;
      if (seats > 0) people?.set(userId, seats);
      else people?.delete(userId);
      if (people?.size === 0) watched.delete(room);
    },
  };
};
