import type { Actor } from '../../../kernel/actor.ts';

/** Whose earnings they are, and whether the actor is a member of staff. */
export interface Standing {
  hostId: string;
  isStaff: boolean;
}

/** Hosts see their own payouts, staff all. */
export const canSeePayout = ({ userId }: Actor, { hostId, isStaff }: Standing): boolean => isStaff || hostId === userId;

/** What is kept from leaving, administrators say. */
export const canHoldPayout = ({ role }: Actor): boolean => role === 'ADMIN' || role === 'SUPER_ADMIN';
