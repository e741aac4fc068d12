import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { addPayoutAccount } from './add.ts';
import { changePayoutAccount } from './change.ts';
import { disablePayoutAccount } from './disable.ts';
import { listOwnPayoutAccounts } from './list.ts';
import { setDefaultPayoutAccount } from './set-default.ts';
import { verifyPayoutAccount } from './verify.ts';

/** Bank accounts of hosts. */
export const payoutAccountTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    addPayoutAccount(deps),
    changePayoutAccount(deps),
    listOwnPayoutAccounts(deps),
    setDefaultPayoutAccount(),
    disablePayoutAccount(),
    verifyPayoutAccount(),
  ],
});
