import { type Actor, isStaff } from '../../../kernel/actor.ts';

/** Payout accounts are their owner's. */
export const isOwner = ({ userId }: Actor, account: { userId: string }): boolean => account.userId === userId;

/** One that was put out of use is changed by nobody any more, and its owner is told so as if it were not there. */
export const isOwnUsable = (actor: Actor, account: { userId: string; disabledAt: Date | null }): boolean =>
  isOwner(actor, account) && account.disabledAt === null;

/** People list their own accounts, staff everybody's. */
export const canListAccounts = (
  actor: Actor,
  _subject: unknown,
  { userId = actor.userId }: { userId?: string | undefined },
): boolean => userId === actor.userId || isStaff(actor);
