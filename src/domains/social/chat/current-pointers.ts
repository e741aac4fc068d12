import type { RoomEntry } from '../../../kernel/domain.ts';
import { pointersOf } from './entry.rules.ts';

/**
 * How far each of these users has read, from stored pointers that lag behind the log. Pure. The end of the log must have
 * been read before the stored pointers.
 */
export const currentPointers = (stored: Map<string, number>, entries: RoomEntry[]): Map<string, number> => {
  const current = new Map(stored);
  for (const { userId, seq } of entries.flatMap(pointersOf)) {
    const known = current.get(userId);
    if (known !== undefined && seq > known) current.set(userId, seq);
  }
  return current;
};
