/** Who asks. Taken from a verified access token, never from input. */
export interface Actor {
  /** The account. An enrolled device has its own id here, which is no account's, so that nothing of people's is its. */
  userId: string;
  sessionId: string;
  /** The platform role, as in the `UserRole` enum; `DEVICE_ROLE` for an enrolled device. */
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

/** The role in the access tokens of enrolled devices; no account has it. */
export const DEVICE_ROLE = 'DEVICE';

/** Whether a device asks, not a person; it passes only `access: 'device'`. */
export const isDevice = ({ role }: Pick<Actor, 'role'>): boolean => role === DEVICE_ROLE;

const STAFF_ROLES: ReadonlySet<string> = new Set(['SUPER_ADMIN', 'ADMIN', 'MODERATOR', 'SUPPORT']);

/** Whether somebody works for the platform; they pass `access: 'staff'`. */
export const isStaff = ({ role }: Pick<Actor, 'role'>): boolean => STAFF_ROLES.has(role);

/** Whether somebody administers the platform: its prices, its categories, other people's payouts. */
export const isAdmin = ({ role }: Pick<Actor, 'role'>): boolean => role === 'ADMIN' || role === 'SUPER_ADMIN';
