import { isAdmin } from '../../../kernel/actor.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { isCurrencyInUse } from '../money/currency.reads.ts';
import { refuseOffStep } from '../money/step.rules.ts';
import { refuseTooLittle } from '../payment/least.rules.ts';
import { create } from './contract.ts';
import { insertPlan } from './plan.writes.ts';
import { presentPlan } from './present.ts';

/** Offers a plan. */
export const createPlan = ({ config }: Pick<Platform, 'config'>) =>
  commit(create, {
    load: nothing,
    allow: isAdmin,
    run: async ({ price: { amountMinor, currency }, ...plan }, _subject, { tx, audit }) => {
      if (!(await isCurrencyInUse(tx, currency))) throw invalidField('price.currency', 'is none that is in use here');
      const priceMinor = BigInt(amountMinor);
      refuseOffStep('price.amountMinor', priceMinor, currency);
      if (priceMinor > 0n) refuseTooLittle(config.payments, 'price.amountMinor', { amountMinor: priceMinor, currency });
      const row = await insertPlan(tx, { ...plan, priceMinor, currency });
      if (row === null) throw new AppError('CONFLICT', 'key: another plan has it.');
      const shown = presentPlan(row);
      audit({ targetType: 'subscriptionPlan', targetId: row.id, after: shown });
      return shown;
    },
  });
