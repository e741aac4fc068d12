import { AppError, invalidField } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { toTimeOrNull } from '../times.rules.ts';
import { edit } from './contract.ts';
import { currencyOf } from './currency.steps.ts';
import { holdPromo, type PromoRow } from './lock.steps.ts';
import { canManagePromo } from './policy.ts';
import { presentPromo } from './present.ts';
import { mostUsesOfOne } from './promo.reads.ts';
import { isOfCurrency } from './promo.ts';
import { refreshLimits, updatePromo } from './promo.writes.ts';
import { refuseWrongTimes, termsOf } from './terms.rules.ts';

/** Changes a code's terms; what is claimed keeps what it has. */
export const editPromoCode = () =>
  commit(edit, {
    load: ({ promoCodeId }, { tx, actor }) => holdPromo(tx, promoCodeId, actor),
    sees: canManagePromo,
    allow: anyone,
    run: async ({ promoCodeId, status, currency: given, ...terms }, { promo }, { tx, audit }) => {
      if (promo.status === 'ENDED') throw new AppError('CONFLICT', 'The code has ended.');
      refuseBelowUsed('maxTotal', terms.maxTotal, promo.reserved + promo.redeemed);
      if (terms.maxPerUser) refuseBelowUsed('maxPerUser', terms.maxPerUser, await mostUsesOfOne(tx, promoCodeId));
      refuseWrongTimes({
        startsAt: terms.startsAt === undefined ? toTimeOrNull(promo.startsAt) : terms.startsAt,
        endsAt: terms.endsAt === undefined ? toTimeOrNull(promo.endsAt) : terms.endsAt,
      });
      const row = await updatePromo(tx, promoCodeId, {
        ...termsOf(terms),
        ...(await currencyOf(tx, sourcesOf(promo, given), terms)),
        ...(status === undefined ? {} : { status }),
      });
      if (terms.maxPerUser !== undefined) await refreshLimits(tx, promoCodeId);
      audit({ targetType: 'promoCode', targetId: promoCodeId, before: presentPromo(promo), after: presentPromo(row) });
      return presentPromo(row);
    },
  });

const sourcesOf = (promo: PromoRow, given: string | undefined) => ({
  given,
  ofEvent: promo.eventId === null ? null : promo.currency,
  before: isOfCurrency(promo) ? promo.currency : null,
});

/** @throws INVALID_INPUT for a limit below what is used already */
const refuseBelowUsed = (field: 'maxTotal' | 'maxPerUser', limit: number | null | undefined, used: number): void => {
  if (typeof limit !== 'number' || limit >= used) return;
  const whose = field === 'maxTotal' ? 'there are' : 'that one person has';
  throw invalidField(field, `may not be below the ${used} uses ${whose}`);
};
