import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';

/** What this domain stands on. */
type Ground = Pick<Platform, 'database'>;

export const createPayments = (_ground: Ground): Domain<Transaction> => ({
  name: 'payments',
  operations: [],
  signals: [],
  rooms: [],
  jobs: [],
  subscribers: [],
});
