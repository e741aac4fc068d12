/** Who asks. Taken from a verified access token, never from input. */
export interface Actor {
  userId: string;
  sessionId: string;
  /** The platform role, as in the `UserRole` enum. */
  role: string;
  /** When the person proved who they are in this session, in milliseconds since 1970; absent where nobody knows. */
  authenticatedAtMs?: number;
}

/** Where a call came from; kept for rate limits, login history and audit. */
export interface Origin {
  carrier: 'socket' | 'http' | 'internal';
  address: string;
  agent: string;
  /** The live socket, when the call came over one. */
  connectionId?: string;
}

const STAFF_ROLES: ReadonlySet<string> = new Set(['SUPER_ADMIN', 'ADMIN', 'MODERATOR', 'SUPPORT']);

/** Whether somebody works for the platform; they pass `access: 'staff'`. */
export const isStaff = ({ role }: Pick<Actor, 'role'>): boolean => STAFF_ROLES.has(role);

/** Whether somebody administers the platform: its prices, its categories, other people's payouts. */
export const isAdmin = ({ role }: Pick<Actor, 'role'>): boolean => role === 'ADMIN' || role === 'SUPER_ADMIN';
