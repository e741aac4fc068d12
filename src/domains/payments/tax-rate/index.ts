import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { createTaxRate } from './create.ts';
import { listAllTaxRates } from './list.ts';

/** Rates of tax and when they are in force. */
export const taxRateTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [createTaxRate(), listAllTaxRates(deps)],
});
