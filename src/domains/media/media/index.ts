import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { ready, rejected } from './contract.ts';
import { createMedia as announceMedia } from './create.ts';
import { deleteMedia } from './delete.ts';
import { describeMedia } from './describe.ts';
import { getMedia } from './get.ts';
import { listMedia } from './list.ts';
import { uploadMedia } from './upload.ts';

/** Pictures, from their announcement to their deletion. */
export const mediaTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    ...[announceMedia(deps), uploadMedia(deps), getMedia(deps), listMedia(deps)],
    ...[describeMedia(deps), deleteMedia(deps)],
  ],
  signals: [ready, rejected],
});
