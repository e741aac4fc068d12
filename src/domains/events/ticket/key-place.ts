import { contextOf } from '../../../platform/subject-keys/subject-keys.ts';

/** Where a sealed key of an event lies; it opens nowhere else. */
export const placeOfKey = (id: string, column: 'private_key' | 'gate_key'): string =>
  contextOf({ table: 'event_signing_keys', column, rowId: id });
