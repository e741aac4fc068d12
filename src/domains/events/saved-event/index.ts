import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { addSavedEvent } from './add.ts';
import { listSavedEvents } from './list.ts';
import { removeSavedEvent } from './remove.ts';

/** Events that a person keeps for later. */
export const savedEventTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [listSavedEvents(deps), addSavedEvent(), removeSavedEvent()],
});
