import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { clearSoldOut } from './on-seats-freed.ts';
import { createSoldOut } from './sold-out.store.ts';

/** Seats: how many there are and how many are left. */
export const inventoryTopic = (deps: Deps): Topic<Transaction> => ({
  subscribers: [clearSoldOut({ ...deps, soldOut: createSoldOut(deps.redis.cache) })],
});
