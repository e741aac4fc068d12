import { type Actor, isAdmin } from '../../../kernel/actor.ts';
import { canSee, canSell, type Guarded, type Standing } from '../event/policy.ts';

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

/** A code is made for all of somebody's events, or for one that they may know of. */
export const canSeeEventOfPromo = (
  _actor: unknown,
  { event, standing }: { event: Guarded; standing: Standing } | { event: null; standing: null },
): boolean => event === null || canSee(event, standing);

/** Everybody lists their own codes; those of an event, whose standing is given then, are for its team. */
export const canListPromos = (_actor: Actor, { standing }: Pick<Subject, 'standing'>): boolean =>
  standing === null || canSell(standing);

/** Codes that the platform pays for are listed by its administrators. */
export const canListFunding = (
  actor: Actor,
  _subject: unknown,
  { funding }: Pick<Subject['promo'], 'funding'>,
): boolean => funding === 'HOST' || isAdmin(actor);
