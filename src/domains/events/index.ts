import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';
import { searchEvents } from './event/search.ts';

/** What this domain stands on. */
type Ground = Pick<Platform, 'replica'>;

export const createEvents = (ground: Ground): Domain<Transaction> => ({
  name: 'events',
  operations: [searchEvents(ground)],
  signals: [],
  rooms: [],
  jobs: [],
  subscribers: [],
});
