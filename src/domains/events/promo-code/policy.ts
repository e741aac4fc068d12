import type { Actor } from '../../../kernel/actor.ts';
import { canSell, type Standing } from '../event/policy.ts';

interface Subject {
  promo: { createdById: string };
  /** Of the event the code belongs to; null for a code for all events of who made it. */
  standing: Pick<Standing, 'role'> | null;
}

/** An event's codes are its team's; a code for all of somebody's events is theirs. */
export const canManagePromo = (actor: Pick<Actor, 'userId'>, { promo, standing }: Subject): boolean =>
  standing === null ? promo.createdById === actor.userId : canSell(standing);
