import { commit } from '../../../platform/db/commit.ts';
import { setDefault } from './contract.ts';
import { lockPayoutAccount } from './lock.writes.ts';
import { makeDefault } from './payout-account.writes.ts';
import { isOwner } from './policy.ts';
import { presentPayoutAccount } from './present.ts';

/** Has payouts go to one of the caller's accounts. Those on their way arrive where they were sent. */
export const setDefaultPayoutAccount = () =>
  commit(setDefault, {
    load: async ({ payoutAccountId }, { tx, actor }) => {
      const account = await lockPayoutAccount(tx, payoutAccountId);
      return account && account.disabledAt === null && isOwner(actor, account) ? account : null;
    },
    allow: isOwner,
    run: async ({ payoutAccountId }, account, { tx, now, audit }) => {
      const shown = presentPayoutAccount(await makeDefault(tx, account, now));
      audit({ targetType: 'payoutAccount', targetId: payoutAccountId, after: { isDefault: true } });
      return shown;
    },
  });
