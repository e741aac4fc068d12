import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';

/** What this domain stands on. */
type Ground = Pick<Platform, 'database'>;

export const createEvents = (_ground: Ground): Domain<Transaction> => ({
  name: 'events',
  operations: [],
  signals: [],
  rooms: [],
  jobs: [],
  subscribers: [],
});
