import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';
import { searchFaqs } from './faq/search.ts';

/** What this domain stands on. */
type Ground = Pick<Platform, 'replica'>;

/** What runs the platform itself. */
export const createAdmin = (ground: Ground): Domain<Transaction> => ({
  name: 'admin',
  operations: [searchFaqs(ground)],
  signals: [],
  rooms: [],
  jobs: [],
  subscribers: [],
});
