import type { EngineLog } from '../../platform/rooms/create-log.ts';
import { encodeEntry } from '../../platform/rooms/entries.ts';
import type { EncodedEntry } from '../../platform/rooms/ring.ts';
import type { RoomDelivery } from './room-delivery.ts';

/** A position a client may have read up to. */
export interface Cursor {
  epoch: string;
  seq: number;
}

export interface Missed {
  /** Consecutive, from the one after the cursor. */
  entries: EncodedEntry[];
  /** Whether they reach up to what live seats have been sent. */
  complete: boolean;
}

/**
 * What a reader at the cursor has missed, from the ring or else from the log, `limit` entries at most.
 * @returns null when the log no longer reaches back to the cursor without a hole
 */
export const missedAfter = async (
  log: EngineLog,
  delivery: RoomDelivery,
  after: Cursor,
  limit: number,
): Promise<Missed | null> => {
  const { followed } = delivery;
  if (after.epoch !== followed.epoch || after.seq > delivery.flushedSeq()) return null;
  const ringed = fromRing(delivery, after.seq, limit);
  if (ringed) return ringed;

  const read = await log.rawAfter(followed.room, after.seq, limit);
  if (after.epoch !== followed.epoch) return null;
  const upTo = delivery.flushedSeq();
  const usable = read.filter((entry, index) => entry.seq === after.seq + 1 + index && entry.seq <= upTo);
  const last = usable.at(-1);
  if (!last) return null;
  const entries = usable.map((entry) => ({ seq: entry.seq, json: encodeEntry(entry) }));
  // The room went on while the log was read; what came since stands in the ring.
  const rest = fromRing(delivery, last.seq, limit - entries.length);
  if (!rest) return { entries, complete: false };
  return { entries: [...entries, ...rest.entries], complete: rest.complete };
};

const fromRing = (delivery: RoomDelivery, seq: number, limit: number): Missed | null => {
  const entries = delivery.followed.ring.between(seq, delivery.flushedSeq());
  return entries ? { entries: entries.slice(0, limit), complete: entries.length <= limit } : null;
};
