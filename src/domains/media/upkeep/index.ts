import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { onMediaDeleted } from './on-media-deleted.ts';
import { sweepMedia } from './sweep.job.ts';
import { tidyMedia } from './tidy.job.ts';

/** The removal of files that nobody needs. */
export const upkeepTopic = (deps: Deps): Topic<Transaction> => ({
  jobs: [sweepMedia(deps), tidyMedia(deps)],
  subscribers: [onMediaDeleted(deps)],
});
