import type { RoomEntry } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Position, RoomLog } from '../../../platform/rooms/log.ts';
import { messagesBetween } from './message.reads.ts';
import { type MessageView, overlay } from './overlay.rules.ts';

/** A part of a chat between two places, both exclusive, and the end from which it is read. */
export interface Span {
  after: number;
  before: number;
  from: 'oldest' | 'newest';
}

interface Wanted {
  chatId: string;
  viewerId: string;
  span: Span;
  limit: number;
  /** The log's end, read before this is called. */
  entries: RoomEntry[];
}

/** Messages of a span as the log has them now, ascending. `hasMore` says whether the span holds more of them. */
export const readSpan = async (
  database: Pick<Database, '$queryRaw'>,
  { chatId, viewerId, span, limit, entries }: Wanted,
): Promise<{ items: MessageView[]; hasMore: boolean }> => {
  const viewer = { chatId, viewerId };
  const stored = await messagesBetween(database, { ...viewer, ...span, limit: limit + 1 });
  const current = overlay(stored, { ...viewer, entries }).filter(({ message }) => contains(span, message.seq));
  const items = span.from === 'oldest' ? current.slice(0, limit) : current.slice(-limit);
  return { items, hasMore: current.length > limit };
};

const contains = ({ after, before }: Span, seq: number): boolean => seq > after && seq < before;

/**
 * A room whose log is not in Redis is stored to its end; opening it gives the position that watchers will go on from.
 * Someone may have spoken since it was opened, so its end is read again: position and entries must agree.
 */
export const logEnd = async (
  rooms: Pick<RoomLog, 'undurable' | 'position'>,
  room: string,
): Promise<{ position: Position; entries: RoomEntry[] }> => {
  const found = (await rooms.undurable([room])).get(room);
  if (found) return found;
  const position = await rooms.position(room);
  return (await rooms.undurable([room])).get(room) ?? { position, entries: [] };
};
