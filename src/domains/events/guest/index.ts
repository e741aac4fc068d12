import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { listGuests } from './list.ts';

/** The list of people with a ticket of an event, which its team reads. */
export const guestTopic = (deps: Deps): Topic<Transaction> => ({ operations: [listGuests(deps)] });
