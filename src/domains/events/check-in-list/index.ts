import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { createCheckInList } from './create.ts';
import { deleteCheckInList } from './delete.ts';
import { editCheckInList } from './edit.ts';
import { listCheckInLists } from './list.ts';

/** Lists say which tickets a kind of door lets in. */
export const checkInListTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [createCheckInList(), editCheckInList(), deleteCheckInList(), listCheckInLists(deps)],
});
