import type { Actor } from '../../../kernel/actor.ts';
import { canSell, type Standing } from '../event/policy.ts';

interface Subject {
  entry: { userId: string };
  standing: Pick<Standing, 'role'>;
}

/** Leaves, takes an offer, turns it down. */
export const isOwnEntry = (actor: Pick<Actor, 'userId'>, { entry }: Pick<Subject, 'entry'>): boolean =>
  entry.userId === actor.userId;

/** Orders the queue and takes entries off it. */
export const canManageWaitlist = (_actor: Pick<Actor, 'userId'>, { standing }: Pick<Subject, 'standing'>): boolean =>
  canSell(standing);

/** Everybody lists their own entries; those of an event, whose standing is given then, are for who orders the queue. */
export const canListWaitlist = (_actor: unknown, { standing }: { standing: Pick<Standing, 'role'> | null }): boolean =>
  standing === null || canSell(standing);

/** Its owner and who orders the queue may know of an entry. */
export const canSeeEntry = (actor: Pick<Actor, 'userId'>, subject: Subject): boolean =>
  isOwnEntry(actor, subject) || canManageWaitlist(actor, subject);
