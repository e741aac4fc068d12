import type { Actor } from '../../../kernel/actor.ts';

/** Whose account it is, and whether the actor is a member of staff. */
export interface Ownership {
  /** Null for the platform's own. */
  ownerId: string | null;
  isStaff: boolean;
}

/** People see their own accounts, staff all. */
export const canSeeAccount = ({ userId }: Actor, { ownerId, isStaff }: Ownership): boolean =>
  isStaff || ownerId === userId;
