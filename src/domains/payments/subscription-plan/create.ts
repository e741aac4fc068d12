import { AppError } from '../../../kernel/errors.ts';
import { nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { isCurrencyInUse } from '../money/currency.reads.ts';
import { refuseOffStep } from '../money/step.ts';
import { invalid } from '../period.ts';
import { canSetPrices } from '../policy.ts';
import { create } from './contract.ts';
import { insertPlan } from './plan.writes.ts';
import { presentPlan } from './present.ts';

/** Offers a plan. */
export const createPlan = () =>
  commit(create, {
    load: nothing,
    allow: canSetPrices,
    run: async ({ price: { amountMinor, currency }, ...plan }, _subject, { tx, audit }) => {
      if (!(await isCurrencyInUse(tx, currency))) throw invalid('price.currency', 'is none that is in use here');
      refuseOffStep('price.amountMinor', BigInt(amountMinor), currency);
      const row = await insertPlan(tx, { ...plan, priceMinor: BigInt(amountMinor), currency });
      if (row === null) throw new AppError('CONFLICT', 'key: another plan has it.');
      const shown = presentPlan(row);
      audit({ targetType: 'subscriptionPlan', targetId: row.id, after: shown });
      return shown;
    },
  });
