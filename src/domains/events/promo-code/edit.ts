import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { invalidField } from '../invalid-field.ts';
import { toTimeOrNull } from '../times.ts';
import { edit } from './contract.ts';
import { holdPromo, type PromoRow } from './hold.ts';
import { canManagePromo } from './policy.ts';
import { presentPromo } from './present.ts';
import { refreshLimits, updatePromo } from './promo.writes.ts';
import { refuseWrongTimes, termsOf } from './terms.ts';

/** Changes a code's terms; what is claimed keeps what it has. */
export const editPromoCode = () =>
  commit(edit, {
    load: ({ promoCodeId }, { tx, actor }) => holdPromo(tx, promoCodeId, actor),
    allow: canManagePromo,
    run: async ({ promoCodeId, status, ...terms }, { promo }, { tx, audit }) => {
      if (promo.status === 'ENDED') throw new AppError('CONFLICT', 'The code has ended.');
      refuseBelowUsed(promo, terms.maxTotal);
      refuseWrongTimes({
        startsAt: terms.startsAt === undefined ? toTimeOrNull(promo.startsAt) : terms.startsAt,
        endsAt: terms.endsAt === undefined ? toTimeOrNull(promo.endsAt) : terms.endsAt,
      });
      const row = await updatePromo(tx, promoCodeId, {
        ...termsOf(terms),
        ...(status === undefined ? {} : { status }),
      });
      if (terms.maxPerUser !== undefined) await refreshLimits(tx, promoCodeId);
      audit({ targetType: 'promoCode', targetId: promoCodeId, before: presentPromo(promo), after: presentPromo(row) });
      return presentPromo(row);
    },
  });

const refuseBelowUsed = ({ reserved, redeemed }: PromoRow, maxTotal: number | null | undefined): void => {
  const used = reserved + redeemed;
  if (typeof maxTotal === 'number' && maxTotal < used) {
    throw invalidField('maxTotal', `may not be below the ${used} uses there are`);
  }
};
