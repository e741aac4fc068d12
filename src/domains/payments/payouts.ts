import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';
import { releaseDueEarnings } from './earning/release.job.ts';
import { showBalances } from './payout/balances.ts';
import { getPayout } from './payout/get.ts';
import { holdOnePayout } from './payout/hold.ts';
import { listKnownPayouts } from './payout/list.ts';
import { makeDuePayouts } from './payout/make.job.ts';
import { onPayoutLocked } from './payout/on-payout-locked.ts';
import { reconcilePayouts } from './payout/reconcile.job.ts';
import { requestPayout } from './payout/request.ts';
import { resumeOnePayout } from './payout/resume.ts';
import { submitLockedPayout } from './payout/submit.job.ts';
import { addPayoutAccount } from './payout-account/add.ts';
import { changePayoutAccount } from './payout-account/change.ts';
import { disablePayoutAccount } from './payout-account/disable.ts';
import { listOwnPayoutAccounts } from './payout-account/list.ts';
import { setDefaultPayoutAccount } from './payout-account/set-default.ts';
import { verifyPayoutAccount } from './payout-account/verify.ts';
import type { Providers } from './provider/open-providers.ts';

/** What payouts stand on. */
export type PayoutsGround = Pick<Platform, 'config' | 'log' | 'clock' | 'database' | 'jobs' | 'subjectKeys'>;

/** Earnings, from the end of their event to their host's bank. */
export const openPayouts = (ground: PayoutsGround, providers: Providers): Omit<Domain<Transaction>, 'name'> => {
  const asking = { ...ground, providers };
  return {
    operations: [
      ...[addPayoutAccount(ground), changePayoutAccount(ground), listOwnPayoutAccounts(ground)],
      ...[setDefaultPayoutAccount(), disablePayoutAccount(), verifyPayoutAccount()],
      ...[requestPayout(ground), getPayout(ground), listKnownPayouts(ground), showBalances(ground)],
      ...[holdOnePayout(), resumeOnePayout()],
    ],
    signals: [],
    rooms: [],
    jobs: [
      releaseDueEarnings(ground),
      makeDuePayouts({ ...ground, provider: ground.config.payments.provider }),
      submitLockedPayout(asking),
      reconcilePayouts(asking),
    ],
    subscribers: [onPayoutLocked(ground)],
  };
};
