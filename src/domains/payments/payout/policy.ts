import { type Actor, isStaff } from '../../../kernel/actor.ts';

/** Hosts see their own payouts, staff all. */
export const canSeePayout = (actor: Actor, { hostId }: { hostId: string }): boolean =>
  isStaff(actor) || hostId === actor.userId;
