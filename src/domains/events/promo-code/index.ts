import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { createPromoCode } from './create.ts';
import { deactivatePromoCode } from './deactivate.ts';
import { editPromoCode } from './edit.ts';
import { listPromoCodes } from './list.ts';

/** Codes that lower a price. */
export const promoCodeTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [createPromoCode(), editPromoCode(), deactivatePromoCode(), listPromoCodes(deps)],
});
