import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Standing } from '../event/policy.ts';
import { findStanding } from '../event/standing.reads.ts';
import { findPromo } from './promo.reads.ts';
import { lockPromo } from './promo.writes.ts';

export type PromoRow = NonNullable<Awaited<ReturnType<typeof findPromo>>>;

export interface PromoSubject {
  promo: PromoRow;
  /** Null for a code for all events of who made it. */
  standing: Standing | null;
}

/** A code that nobody claims until the transaction ends, or null. */
export const holdPromo = async (tx: Transaction, promoCodeId: string, actor: Actor): Promise<PromoSubject | null> => {
  await lockPromo(tx, promoCodeId);
  const promo = await findPromo(tx, promoCodeId);
  if (!promo) return null;
  return { promo, standing: promo.eventId === null ? null : await findStanding(tx, promo.eventId, actor) };
};
