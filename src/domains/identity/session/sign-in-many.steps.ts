import type { z } from 'zod';
import type { Call, Commit } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { SignedIn } from './contract.ts';
import { endSession } from './end-session.steps.ts';
import { leastUsedSessions } from './session.reads.ts';
import { insertSessions, lockSessions } from './session.writes.ts';
import { MAX_SESSIONS, type Person, type SigningIn } from './sign-in.steps.ts';

/**
 * Opens a session for each of these people, as `signIn` does for one, in as many statements as for one. The caller has made
 * sure who they are and audits it.
 * @returns their pairs of tokens, in the order of the people
 */
export const signInMany = async (
  { tokens, revocations }: SigningIn,
  people: readonly Person[],
  context: Call & Commit<Transaction>,
): Promise<z.input<typeof SignedIn>[]> => {
  const { tx, origin, now } = context;
  const userIds = people.map(({ id }) => id);
  await lockSessions(tx, userIds);
  for (const { id: sessionId, userId } of await leastUsedSessions(tx, userIds, { keep: MAX_SESSIONS - 1, now })) {
    await endSession({ revocations }, { sessionId, userId, reason: 'CROWDED_OUT' }, context);
  }
  const opened = await insertSessions(tx, userIds, { origin, now });
  return Promise.all(
    people.map(async ({ id, username, role }, index) => {
      const { sessionId = '', refreshToken = '' } = opened[index] ?? {};
      const access = await tokens.issue({ userId: id, sessionId, role });
      const expiresAt = access.expiresAt.toISOString();
      return { user: { id, username }, accessToken: access.token, refreshToken, expiresAt };
    }),
  );
};
