import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { addBlock } from './add.ts';
import { changed } from './contract.ts';
import { listBlocks } from './list.ts';
import { removeBlock } from './remove.ts';

/** People whom one keeps away. */
export const blockTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [addBlock(deps), removeBlock(deps), listBlocks(deps)],
  signals: [changed],
});
