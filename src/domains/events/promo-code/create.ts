import { invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import { findSubject } from '../event/subject.ts';
import { create } from './contract.ts';
import { currencyOf } from './currency.steps.ts';
import { canManagePromo, canSeeEventOfPromo } from './policy.ts';
import { presentPromo } from './present.ts';
import { insertPromo } from './promo.writes.ts';
import { refuseWrongTimes, termsOf } from './terms.rules.ts';

/** Makes a code, which lowers what its host earns; one of the platform, what the platform does. */
export const createPromoCode = () =>
  commit(create, {
    load: async ({ eventId, funding }, { tx, actor }) => {
      const promo = { createdById: actor.userId, funding };
      if (eventId === undefined) return { promo, standing: null, event: null };
      const subject = await findSubject(tx, eventId, actor);
      return subject && { promo, ...subject };
    },
    sees: (actor, subject) => canSeeEventOfPromo(actor, subject),
    allow: canManagePromo,
    run: async (input, { event }, { tx, actor, audit }) => {
      refuseContradictions(input);
      if (input.funding === 'PLATFORM') refuseUnfitForPlatform(input);
      refuseWrongTimes(input);
      const inForce = { given: input.currency, ofEvent: event?.currency ?? null, before: null };
      const inCurrency = await currencyOf(tx, inForce, input);
      const { eventId, code, kind, unit, funding, percentBasisPoints, amountMinor } = input;
      const row = await insertPromo(tx, {
        id: newId(),
        code,
        eventId: eventId ?? null,
        createdById: actor.userId,
        kind,
        unit,
        funding,
        percentBasisPoints: percentBasisPoints ?? null,
        amount: amountMinor === undefined ? null : BigInt(amountMinor),
        ...inCurrency,
        ...termsOf(input),
      });
      audit({ targetType: 'promoCode', targetId: row.id, after: presentPromo(row) });
      return presentPromo(row);
    },
  });

interface Draft {
  kind: string;
  percentBasisPoints?: number | undefined;
  amountMinor?: number | undefined;
}

/** @throws INVALID_INPUT when the amount is not what its kind needs */
const refuseContradictions = ({ kind, percentBasisPoints, amountMinor }: Draft): void => {
  if ((kind === 'PERCENT') !== (percentBasisPoints !== undefined)) {
    throw invalidField('percentBasisPoints', 'is for PERCENT, and only for it');
  }
  if ((kind === 'FIXED_AMOUNT') !== (amountMinor !== undefined)) {
    throw invalidField('amountMinor', 'is for FIXED_AMOUNT, and only for it');
  }
};

interface PlatformDraft extends Draft {
  eventId?: string | undefined;
}

/** @throws INVALID_INPUT for what a code of every event cannot be */
const refuseUnfitForPlatform = (draft: PlatformDraft): void => {
  if (draft.eventId !== undefined) throw invalidField('eventId', 'is not for PLATFORM: its codes are for every event');
  if (draft.kind === 'FREE_TICKET') throw invalidField('kind', 'must be PERCENT or FIXED_AMOUNT for PLATFORM');
};
