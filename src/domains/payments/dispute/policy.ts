import { type Actor, isStaff } from '../../../kernel/actor.ts';
import type { Parties } from '../refund/policy.ts';

/** The host whose money it is about, and staff. */
export const canAnswerDispute = (actor: Actor, { hostId }: Pick<Parties, 'hostId'>): boolean =>
  isStaff(actor) || actor.userId === hostId;
