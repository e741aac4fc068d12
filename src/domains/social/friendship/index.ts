import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { onBlockCreated } from './on-block-created.ts';

/** Friendship between people. */
export const friendshipTopic = (deps: Deps): Topic<Transaction> => ({ subscribers: [onBlockCreated(deps)] });
