import { uuidv7 } from 'uuidv7';

/** A new UUIDv7 (RFC 9562): sortable by creation time, so that indexes grow at their end. */
export const newId = (): string => uuidv7();
