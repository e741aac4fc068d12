import type { z } from 'zod';
import type { UserRole } from '../../../generated/prisma/enums.ts';
import type { Call, Commit } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Tokens } from '../../../platform/tokens.ts';
import type { SignedIn } from './contract.ts';
import { type Ending, endSession } from './end-session.steps.ts';
import { leastUsedSessions } from './session.reads.ts';
import { insertRefreshToken, insertSession, lockSessions, recordLogin } from './session.writes.ts';

type Answer = z.input<typeof SignedIn>;
type Issuer = Pick<Tokens, 'issue'>;

export interface SigningIn extends Ending {
  tokens: Issuer;
}

export interface Person {
  id: string;
  username: string;
  role: UserRole;
}

/** An open session of a person; it began when they proved who they are. */
interface Opened {
  sessionId: string;
  beganAt: Date;
}

/** Sessions of one account that are open at once. */
export const MAX_SESSIONS = 50;

/**
 * Opens a session for a person who has proved who they are, and gives its first pair of tokens. Where that would be one
 * too many, the session ends that was not used for the longest time.
 */
export const signIn = async (
  { tokens, revocations }: SigningIn,
  person: Person,
  context: Call & Commit<Transaction>,
): Promise<Answer> => {
  const { tx, origin, now, audit } = context;
  await lockSessions(tx, [person.id]);
  const crowdedOut = await leastUsedSessions(tx, [person.id], { keep: MAX_SESSIONS - 1, now });
  for (const { id: sessionId } of crowdedOut) {
    await endSession({ revocations }, { sessionId, userId: person.id, reason: 'CROWDED_OUT' }, context);
  }
  const sessionId = await insertSession(tx, { userId: person.id, origin, now });
  audit({ targetType: 'session', targetId: sessionId, subjectId: person.id });
  await recordLogin(tx, { outcome: 'SUCCEEDED', userId: person.id, origin, now });
  return issuePair(tokens, person, { sessionId, beganAt: now }, context);
};

/** A new access token and a new refresh token of an open session. */
export const issuePair = async (
  tokens: Issuer,
  { id, username, role }: Person,
  { sessionId, beganAt }: Opened,
  { tx, now }: Pick<Call & Commit<Transaction>, 'tx' | 'now'>,
): Promise<Answer> => {
  const refreshToken = await insertRefreshToken(tx, { sessionId, userId: id, now });
  const access = await tokens.issue({ userId: id, sessionId, role, authenticatedAtMs: beganAt.getTime() });
  const expiresAt = access.expiresAt.toISOString();
  return { user: { id, username }, accessToken: access.token, refreshToken, expiresAt };
};
