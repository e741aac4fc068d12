import { type Actor, isStaff } from '../../../kernel/actor.ts';

/** Hosts see their own payouts, staff all. */
export const canSeePayout = (actor: Actor, { hostId }: { hostId: string }): boolean =>
  isStaff(actor) || hostId === actor.userId;

interface Asked {
  /** The caller when absent. */
  hostId?: string | undefined;
  /** Everybody's. */
  all?: boolean | undefined;
}

/** Hosts list their own payouts, staff everybody's. */
export const canListPayouts = (
  actor: Actor,
  _subject: unknown,
  { hostId = actor.userId, all = false }: Asked,
): boolean => isStaff(actor) || (hostId === actor.userId && !all);
