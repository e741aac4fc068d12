import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { disable } from './contract.ts';
import { lockPayoutAccount } from './lock.writes.ts';
import { disableAccount } from './payout-account.writes.ts';
import { isOwner } from './policy.ts';
import { presentPayoutAccount } from './present.ts';

/** Puts one of the caller's accounts out of use; payouts that wait for it are put on hold when their turn comes. */
export const disablePayoutAccount = () =>
  commit(disable, {
    load: ({ payoutAccountId }, { tx }) => lockPayoutAccount(tx, payoutAccountId),
    sees: isOwner,
    allow: anyone,
    run: async ({ payoutAccountId }, account, { tx, now, audit }) => {
      const shown = presentPayoutAccount(await disableAccount(tx, payoutAccountId, now));
      audit({ targetType: 'payoutAccount', targetId: payoutAccountId, before: { status: account.status } });
      return shown;
    },
  });
