import { uuidv7 } from 'uuidv7';

/** A new UUIDv7 (RFC 9562): sortable by creation time, so that indexes grow at their end. */
export const newId = (): string => uuidv7();

/** When a UUIDv7 was made, in ms, by the clock of whoever made it; null for every other UUID. */
export const timeOfId = (id: string): number | null =>
  id.charAt(14) === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
