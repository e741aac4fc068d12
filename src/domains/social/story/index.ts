import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { onMediaDeleted } from './on-media-deleted.ts';

/** Content that disappears. */
export const storyTopic = (deps: Deps): Topic<Transaction> => ({
  subscribers: [onMediaDeleted(deps)],
});
