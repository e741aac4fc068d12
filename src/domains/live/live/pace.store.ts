import type { Redis } from 'ioredis';
import { partitionOf, partitionPrefix } from '../../../platform/rooms/keys.ts';
import { roomOf } from '../room-name.rules.ts';
import type { Pace } from './pace.rules.ts';

/** Kept a little longer than a look is good for. */
const KEPT_MS = 120_000;

/** Keeps the pace of chats for the next look, which another worker may take. A pace that is lost begins anew. */
export interface PaceStore {
  read: (eventId: string) => Promise<Pace | null>;
  write: (eventId: string, pace: Pace) => Promise<void>;
}

const keyOf = (eventId: string): string => `${partitionPrefix(partitionOf(roomOf(eventId)))}pace:${eventId}`;

export const createPaceStore = ({ redis }: { redis: { log: Redis } }): PaceStore => ({
  read: async (eventId) => {
    const kept = await redis.log.get(keyOf(eventId));
    // Safe: written by `write` alone.
    return kept === null ? null : (JSON.parse(kept) as Pace);
  },
  write: async (eventId, pace) => {
    await redis.log.set(keyOf(eventId), JSON.stringify(pace), 'PX', KEPT_MS);
  },
});
