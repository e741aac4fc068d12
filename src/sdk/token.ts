/** What an access token says of itself. Not verified: only the server can, and only its word counts. */
export interface TokenClaims {
  userId: string | undefined;
  /** ISO 8601; the end of time for a token that does not say. */
  expiresAt: string;
}

const NEVER = '9999-12-31T23:59:59.999Z';

/** Reads the claims of a JWT (RFC 7519). */
export const readToken = (accessToken: string): TokenClaims => {
  try {
    const payload = (accessToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { sub, exp } = JSON.parse(atob(payload)) as { sub?: string; exp?: number };
    return { userId: sub, expiresAt: exp === undefined ? NEVER : new Date(exp * 1_000).toISOString() };
  } catch {
    return { userId: undefined, expiresAt: NEVER };
  }
};
