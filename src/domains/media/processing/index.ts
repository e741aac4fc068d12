import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { processUploads } from './process.job.ts';

/** The making of sizes from what was uploaded. */
export const processingTopic = (deps: Deps): Topic<Transaction> => ({
  jobs: [processUploads(deps)],
});
