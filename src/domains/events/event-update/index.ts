import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { deleteUpdate } from './delete.ts';
import { listUpdates } from './list.ts';
import { onUpdatePublished } from './on-update-published.ts';
import { pinUpdate } from './pin.ts';
import { publishUpdate } from './publish.ts';
import { countReach } from './reach.ts';

/** News that a host tells. */
export const eventUpdateTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [publishUpdate(), pinUpdate(), deleteUpdate(), listUpdates(deps), countReach(deps)],
  subscribers: [onUpdatePublished(deps)],
});
