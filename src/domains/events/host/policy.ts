import type { TeamRole } from '../event/policy.ts';

const RANK: Record<TeamRole, number> = { OWNER: 4, CO_HOST: 3, MANAGER: 2, SUPERVISOR: 1, DOOR_STAFF: 0 };

/** Who runs the event fills the places below their own, and only those. */
export const canAppoint = (own: TeamRole | null, place: TeamRole): boolean =>
  own !== null && RANK[own] >= RANK.MANAGER && RANK[place] < RANK[own];

/** A team member leaves of their own accord, or is removed by who could have appointed them; the owner stays. */
export const canRemove = (
  actor: { userId: string; role: TeamRole | null },
  target: { userId: string; role: TeamRole },
): boolean => target.role !== 'OWNER' && (actor.userId === target.userId || canAppoint(actor.role, target.role));

/** Whose earnings they are shares them out: the owner alone. */
export const canShare = (own: TeamRole | null): boolean => own === 'OWNER';

/** Who has what of the earnings: the owner sees it of all, a co-host of themselves. */
export const canSeeShare = (actor: { userId: string | null; role: TeamRole | null }, ofUserId: string): boolean =>
  actor.role === 'OWNER' || actor.userId === ofUserId;
