import { isAdmin } from '../../../kernel/actor.ts';
import { nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { beginningOf } from '../period.rules.ts';
import { create } from './contract.ts';
import { presentTaxRate } from './present.ts';
import { startTaxRate } from './tax-rate.writes.ts';

/** Brings a tax rate into force; the one before ends then. */
export const createTaxRate = () =>
  commit(create, {
    load: nothing,
    allow: isAdmin,
    run: async ({ startsAt, ...rate }, _subject, { tx, now, audit }) => {
      const { started, ended } = await startTaxRate(tx, { ...rate, startsAt: beginningOf(startsAt, now) });
      const shown = presentTaxRate(started);
      const before = ended === null ? null : presentTaxRate(ended);
      audit({ targetType: 'taxRate', targetId: started.id, before, after: shown });
      return shown;
    },
  });
