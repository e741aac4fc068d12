import { type Actor, isStaff } from '../../../kernel/actor.ts';

/** People see their own accounts, staff all; null stands for the platform. */
export const canSeeAccount = (actor: Actor, { ownerId }: { ownerId: string | null }): boolean =>
  isStaff(actor) || ownerId === actor.userId;
