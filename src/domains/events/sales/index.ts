import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { getSales } from './get.ts';
import { listSales } from './list.ts';

/** The sales of events, which the people who run them read. */
export const salesTopic = (deps: Deps): Topic<Transaction> => ({ operations: [getSales(deps), listSales(deps)] });
