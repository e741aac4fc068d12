import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { expireDueHolds } from './expire-holds.job.ts';
import { getOwnWallets } from './get.ts';
import { topUpWallet } from './top-up.ts';
import { withdrawFromWallet } from './withdraw.ts';

/** Credit that people hold with the platform. */
export const walletTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [getOwnWallets(deps), topUpWallet(deps), withdrawFromWallet()],
  jobs: [expireDueHolds(deps)],
});
