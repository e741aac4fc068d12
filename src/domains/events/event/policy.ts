import type { Actor } from '../../../kernel/actor.ts';

/** What decides who may see an event. */
export interface Guarded {
  status: 'DRAFT' | 'PENDING_REVIEW' | 'PUBLISHED' | 'ONGOING' | 'COMPLETED' | 'CANCELLED' | 'POSTPONED';
  visibility: 'PUBLIC' | 'UNLISTED' | 'FOLLOWERS' | 'TICKET_HOLDERS' | 'PRIVATE';
  /** Set by moderation. */
  hiddenAt: Date | null;
}

export type TeamRole = 'OWNER' | 'CO_HOST' | 'MANAGER' | 'SUPERVISOR' | 'DOOR_STAFF';

/** How somebody stands to an event; see standing.reads.ts. */
export interface Standing {
  /** Their place in the team, once accepted; the host is its OWNER. */
  role: TeamRole | null;
  /** Asked to join the team, not yet accepted. */
  isInvited: boolean;
  /** Has an issued admission, one reserved, or a booking that may still become one. */
  holdsTicket: boolean;
  /** Has an issued admission. */
  isAdmitted: boolean;
  /** Waits for seats, or has an offer of some. */
  isWaiting: boolean;
  /** Follows the host. */
  followsHost: boolean;
  /** A block stands between them and the host, whoever made it. */
  isBlocked: boolean;
  /** Works for the platform. */
  isStaff: boolean;
}

/** Of somebody who is not signed in, or has nothing to do with the event. */
export const STRANGER: Standing = {
  role: null,
  isInvited: false,
  holdsTicket: false,
  isAdmitted: false,
  isWaiting: false,
  followsHost: false,
  isBlocked: false,
  isStaff: false,
};

const isOne = (role: TeamRole | null, roles: readonly TeamRole[]): boolean => role !== null && roles.includes(role);

/** Runs the event: what it says, whom it shows itself to, its team, its end. */
export const canManage = ({ role }: Pick<Standing, 'role'>): boolean => isOne(role, ['OWNER', 'CO_HOST', 'MANAGER']);

/** Decides what is sold and who gets in: ticket types, codes, approvals, the waitlist. */
export const canSell = canManage;

/** Answers for money that changes hands outside of the platform: who is paid, and who keeps the till. */
export const canTakeMoney = ({ role }: Pick<Standing, 'role'>): boolean => isOne(role, ['OWNER', 'MANAGER']);

/** Stands at the door. */
export const canScan = ({ role }: Pick<Standing, 'role'>): boolean => role !== null;

/** Sees who comes, by name. */
export const canSeeAttendees = ({ role }: Pick<Standing, 'role'>): boolean =>
  isOne(role, ['OWNER', 'CO_HOST', 'MANAGER', 'SUPERVISOR']);

/** Puts the event out of the world: its owner, and co-hosts as his equals. */
export const canEnd = ({ role }: Pick<Standing, 'role'>): boolean => isOne(role, ['OWNER', 'CO_HOST']);

const STAFF_THAT_STOPS: readonly string[] = ['SUPER_ADMIN', 'ADMIN', 'MODERATOR'];

/** Staff that decides about other people’s events: review, and cancelling what must not take place. */
export const canModerate = ({ role }: Pick<Actor, 'role'>): boolean => STAFF_THAT_STOPS.includes(role);

/** Belongs to those who prepare it, or to the platform; a draft is seen by nobody else. */
const isInside = ({ role, isInvited, isStaff }: Standing): boolean => role !== null || isInvited || isStaff;

const isWelcome = (visibility: Guarded['visibility'], standing: Standing): boolean => {
  const { holdsTicket, isWaiting, followsHost, isBlocked } = standing;
  if (holdsTicket) return true;
  if (isBlocked) return false;
  if (visibility === 'PUBLIC' || visibility === 'UNLISTED' || isWaiting) return true;
  return visibility === 'FOLLOWERS' && followsHost;
};

/**
 * Whether somebody may know that the event exists. Whom it was sold to keeps sight of it, however it is narrowed later;
 * what moderation hides is left to the team and to staff. To whom a block stands between them and the host, the event is not
 * there, unless they hold a ticket.
 */
export const canSee = ({ status, visibility, hiddenAt }: Guarded, standing: Standing): boolean => {
  if (isInside(standing)) return true;
  if (status === 'DRAFT' || status === 'PENDING_REVIEW' || hiddenAt !== null) return false;
  return isWelcome(visibility, standing);
};

/** `canSee`, as the step of an operation. */
export const canSeeEvent = (_actor: unknown, { event, standing }: { event: Guarded; standing: Standing }): boolean =>
  canSee(event, standing);

/** Who may know of an event may know what it sells. */
export const canSeeStock = (
  actor: unknown,
  { stock, standing }: { stock: { event: Guarded }; standing: Standing },
): boolean => canSeeEvent(actor, { event: stock.event, standing });

/** The address of an online event is for those who were admitted, and for those who run it. */
export const canSeeOnlineUrl = ({ role, isAdmitted }: Standing): boolean => role !== null || isAdmitted;
