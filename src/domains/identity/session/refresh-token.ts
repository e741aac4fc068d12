import { randomBytes } from 'node:crypto';
import { sha256 } from '../../../platform/sealing.ts';

/** How long a refresh token can wait to be used. Each renewal starts it anew. */
export const REFRESH_TOKEN_LIFE_MS = 30 * 24 * 60 * 60 * 1_000;

/** A secret of 256 random bits, as the client keeps it. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url');

/** What the server keeps of it. So many random bits need no slow hash. */
export const refreshTokenHash = sha256;
