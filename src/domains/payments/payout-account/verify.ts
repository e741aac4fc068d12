import { isAdmin } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { verify } from './contract.ts';
import { lockPayoutAccount } from './lock.writes.ts';
import { noteVerification } from './payout-account.writes.ts';
import { presentPayoutAccount } from './present.ts';

/** Says whether an account is its owner's. It does not end the time in which nothing is paid after a change. */
export const verifyPayoutAccount = () =>
  commit(verify, {
    load: ({ payoutAccountId }, { tx }) => lockPayoutAccount(tx, payoutAccountId),
    allow: isAdmin,
    run: async ({ payoutAccountId, outcome }, account, { tx, now, audit }) => {
      const verified = await noteVerification(tx, { id: payoutAccountId, outcome, now });
      if (verified === null) throw new AppError('CONFLICT', 'This payout account is out of use.');
      const [before, after] = [{ status: account.status }, { status: outcome }];
      audit({ targetType: 'payoutAccount', targetId: payoutAccountId, subjectId: account.userId, before, after });
      return presentPayoutAccount(verified);
    },
  });
