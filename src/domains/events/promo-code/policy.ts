import { type Actor, isAdmin } from '../../../kernel/actor.ts';
import { canSell, type Standing } from '../event/policy.ts';

interface Subject {
  promo: { createdById: string; funding: 'HOST' | 'PLATFORM' };
  /** Of the event the code belongs to; null for a code for all events of who made it. */
  standing: Pick<Standing, 'role'> | null;
}

/** An event's codes are its team's; a code for all of somebody's events is theirs; the platform's are its administrators'. */
export const canManagePromo = (actor: Actor, { promo, standing }: Subject): boolean => {
  if (promo.funding === 'PLATFORM') return isAdmin(actor);
  return standing === null ? promo.createdById === actor.userId : canSell(standing);
};
