import { createHash } from 'node:crypto';
import { errors, type JSONWebKeySet, type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/errors.ts';
import type { Clock } from './clock.ts';
import { newId } from './ids.ts';
import { readSigningKeys, SIGNING_ALGORITHM, type SigningKey } from './signing-keys.ts';

/** How long an access token is good for; what ends a session must be remembered at least this long. */
export const ACCESS_TOKEN_LIFE_SECONDS = 15 * 60;

const ISSUER = 'rally';
const AUDIENCE = 'rally:access';
/** Keeps other kinds of tokens signed with the same key out (RFC 8725, section 3.11; the type is RFC 9068's). */
const TYPE = 'at+jwt';
/** Ours have about 500 characters. */
const MAX_TOKEN_LENGTH = 2_048;
/** Verified tokens remembered: a signature costs some 200 µs to check, a look-up 7 µs. About 4 MB when full. */
const MAX_REMEMBERED = 10_000;

/** A verified token: its holder, and its end. */
export interface AccessClaims {
  actor: Actor;
  expiresAt: Date;
}

/** Access tokens: EdDSA-signed JWTs that every node verifies by itself. */
export interface Tokens {
  issue: (actor: Actor) => Promise<{ token: string; expiresAt: Date }>;
  /** Says nothing about whether the session has been ended; ask the revocations. @throws TOKEN_EXPIRED, UNAUTHENTICATED */
  verify: (token: string) => Promise<AccessClaims>;
  /** The public keys, for `/.well-known/jwks.json`. */
  jwks: () => JSONWebKeySet;
}

/** The end of the year 9999: what comes after it has no ISO date of four digits. */
const LAST_SECOND = 253_402_300_799;
const Seconds = z.number().int().min(0).max(LAST_SECOND);
const Claims = z.object({
  ...{ sub: z.string().min(1), sid: z.string().min(1), role: z.string().min(1) },
  ...{ exp: Seconds, iat: Seconds, auth_time: Seconds.optional() },
});

/** @throws Error when the key is unusable */
export const createTokens = async (signingKeyJson: string, clock: Clock): Promise<Tokens> => {
  const keys = await readSigningKeys(signingKeyJson);
  const checkSignature = verifier(keys, clock);
  const remembered = new Map<string, AccessClaims>();
  return {
    issue: (actor) => sign(keys[0], actor, clock.now()),
    verify: async (token) => {
      if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) throw refused();
      const digest = createHash('sha256').update(token).digest('base64');
      const claims = remembered.get(digest) ?? (await checkSignature(token));
      remembered.delete(digest);
      if (claims.expiresAt <= clock.now()) throw expired();
      remember(remembered, digest, claims);
      return claims;
    },
    jwks: () => ({ keys: keys.map(({ publicJwk }) => ({ ...publicJwk })) }),
  };
};

const sign = async (key: SigningKey, actor: Actor, now: Date): Promise<{ token: string; expiresAt: Date }> => {
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const expiresAt = issuedAt + ACCESS_TOKEN_LIFE_SECONDS;
  const { userId, sessionId, role, authenticatedAtMs } = actor;
  // RFC 9068, section 2.2.1.
  const proof = authenticatedAtMs === undefined ? {} : { auth_time: Math.floor(authenticatedAtMs / 1_000) };
  const token = await new SignJWT({ sid: sessionId, role, ...proof })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: key.id, typ: TYPE })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(userId)
    .setJti(newId())
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(key.privateKey);
  return { token, expiresAt: new Date(expiresAt * 1_000) };
};

const verifier = (keys: SigningKey[], clock: Clock): ((token: string) => Promise<AccessClaims>) => {
  const publicKeys = new Map(keys.map(({ id, publicKey }) => [id, publicKey]));
  const keyOf = (header: JWTHeaderParameters) => {
    const key = publicKeys.get(header.kid ?? '');
    if (!key) throw refused();
    return key;
  };
  return async (token) => {
    const options = { algorithms: [SIGNING_ALGORITHM], issuer: ISSUER, audience: AUDIENCE, typ: TYPE };
    const { payload } = await jwtVerify(token, keyOf, { ...options, currentDate: clock.now() }).catch((error) => {
      throw error instanceof errors.JWTExpired ? expired() : refused();
    });
    const claims = Claims.safeParse(payload);
    if (!claims.success) throw refused();
    const { sub: userId, sid: sessionId, role, exp, auth_time: provedAt } = claims.data;
    const proof = provedAt === undefined ? {} : { authenticatedAtMs: provedAt * 1_000 };
    return { actor: { userId, sessionId, role, ...proof }, expiresAt: new Date(exp * 1_000) };
  };
};

/** A Map keeps insertion order, so its first key is the one that was asked for longest ago. */
const remember = (remembered: Map<string, AccessClaims>, digest: string, claims: AccessClaims): void => {
  remembered.set(digest, claims);
  if (remembered.size <= MAX_REMEMBERED) return;
  const [oldest] = remembered.keys();
  if (oldest !== undefined) remembered.delete(oldest);
};

/** One sentence for every flaw: a forger learns nothing about which check failed. */
const refused = (): AppError => new AppError('UNAUTHENTICATED', 'The access token is not valid.');

const expired = (): AppError => new AppError('TOKEN_EXPIRED', 'The access token has expired; renew it.');
