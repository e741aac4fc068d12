import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { deactivate } from './contract.ts';
import { holdPromo } from './lock.steps.ts';
import { canManagePromo } from './policy.ts';
import { presentPromo } from './present.ts';
import { updatePromo } from './promo.writes.ts';

/** Ends a code for good; ending it again changes nothing. */
export const deactivatePromoCode = () =>
  commit(deactivate, {
    load: ({ promoCodeId }, { tx, actor }) => holdPromo(tx, promoCodeId, actor),
    sees: canManagePromo,
    allow: anyone,
    run: async ({ promoCodeId }, { promo }, { tx, audit }) => {
      const row = await updatePromo(tx, promoCodeId, { status: 'ENDED' });
      audit({
        targetType: 'promoCode',
        targetId: promoCodeId,
        before: { status: promo.status },
        after: { status: 'ENDED' },
      });
      return presentPromo(row);
    },
  });
