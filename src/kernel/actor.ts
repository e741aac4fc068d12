/** Who asks. Taken from a verified access token, never from input. */
export interface Actor {
  userId: string;
  sessionId: string;
  /** The platform role, as in the `UserRole` enum. */
  role: string;
}

/** Where a call came from; kept for rate limits, login history and audit. */
export interface Origin {
  carrier: 'socket' | 'http' | 'internal';
  address: string;
  agent: string;
  /** The live socket, when the call came over one. */
  connectionId?: string;
}

/** Roles that pass `access: 'staff'`. */
export const STAFF_ROLES: ReadonlySet<string> = new Set(['SUPER_ADMIN', 'ADMIN', 'MODERATOR', 'SUPPORT']);
