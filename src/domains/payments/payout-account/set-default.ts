import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { setDefault } from './contract.ts';
import { lockPayoutAccount } from './lock.writes.ts';
import { makeDefault } from './payout-account.writes.ts';
import { isOwnUsable } from './policy.ts';
import { presentPayoutAccount } from './present.ts';

/** Has payouts go to one of the caller's accounts. Those on their way arrive where they were sent. */
export const setDefaultPayoutAccount = () =>
  commit(setDefault, {
    load: ({ payoutAccountId }, { tx }) => lockPayoutAccount(tx, payoutAccountId),
    sees: isOwnUsable,
    allow: anyone,
    run: async ({ payoutAccountId }, account, { tx, now, audit }) => {
      const shown = presentPayoutAccount(await makeDefault(tx, account, now));
      audit({ targetType: 'payoutAccount', targetId: payoutAccountId, after: { isDefault: true } });
      return shown;
    },
  });
