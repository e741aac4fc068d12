import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { findWallet } from '../credit/wallet.reads.ts';
import { refuseOffStep } from '../money/step.rules.ts';
import { withdraw } from './contract.ts';
import { presentWallet } from './present.ts';
import { holdWallet, withdrawCredit } from './withdraw.writes.ts';

/** Sends the caller's credit back the way it came; a job asks the provider once this has committed. */
export const withdrawFromWallet = () =>
  commit(withdraw, {
    load: ({ currency }, { tx, actor }) => holdWallet(tx, actor.userId, currency),
    allow: anyone,
    run: async ({ amountMinor }, wallet, { tx, actor, now, record, audit }) => {
      refuseOffStep('amountMinor', BigInt(amountMinor), wallet.currency);
      const refunds = await withdrawCredit(tx, record, { wallet, amountMinor: BigInt(amountMinor), now });
      const after = await findWallet(tx, actor.userId, wallet.currency);
      const amount = { amountMinor, currency: wallet.currency };
      audit({ targetType: 'wallet', targetId: wallet.id, after: { amount, refundIds: refunds.map(({ id }) => id) } });
      return { wallet: presentWallet(after ?? wallet), refunds };
    },
  });
