import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { listGuests } from './list.ts';

/** Who comes to an event, for its team. */
export const guestTopic = (deps: Deps): Topic<Transaction> => ({ operations: [listGuests(deps)] });
