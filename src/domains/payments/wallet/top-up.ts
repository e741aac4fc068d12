import { invalidField } from '../../../kernel/errors.ts';
import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { isCurrencyInUse } from '../money/currency.reads.ts';
import { refuseOffStep } from '../money/step.rules.ts';
import { refuseTooLittle } from '../payment/least.rules.ts';
import { topUp } from './contract.ts';
import { startTopUp } from './top-up.writes.ts';

/** Opens a payment that becomes the caller's credit. */
export const topUpWallet = ({ config }: Pick<Platform, 'config'>) =>
  commit(topUp, {
    load: nothing,
    allow: anyone,
    run: async ({ amountMinor, currency, method }, _subject, { tx, actor, now, record, audit }) => {
      if (!(await isCurrencyInUse(tx, currency))) throw invalidField('currency', 'is none that is in use here');
      refuseOffStep('amountMinor', BigInt(amountMinor), currency);
      refuseTooLittle(config.payments, 'amountMinor', { amountMinor: BigInt(amountMinor), currency });
      const { userId } = actor;
      const draft = { settings: config.payments, userId, amountMinor: BigInt(amountMinor), currency, method, now };
      const payment = await startTopUp(tx, record, draft);
      audit({ targetType: 'payment', targetId: payment.id, after: { amount: payment.amount } });
      return payment;
    },
  });
