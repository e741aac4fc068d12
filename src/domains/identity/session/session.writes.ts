import type { LoginOutcome } from '../../../generated/prisma/enums.ts';
import type { Origin } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { newRefreshToken, REFRESH_TOKEN_LIFE_MS, refreshTokenHash } from './refresh-token.ts';

/** Callers name themselves, at any length; this much of it is kept. */
const MAX_AGENT_LENGTH = 300;

const agentOf = (origin: Origin): string => origin.agent.slice(0, MAX_AGENT_LENGTH);
const expiryFrom = (now: Date): Date => new Date(now.getTime() + REFRESH_TOKEN_LIFE_MS);

/** Holds everyone else who opens a session of these users until the transaction ends. */
export const lockSessions = async (tx: Transaction, userIds: readonly string[]): Promise<void> => {
  await tx.$executeRaw`SELECT 1 FROM users WHERE id = ANY(${[...userIds]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
};

interface Opening {
  userId: string;
  origin: Origin;
  now: Date;
}

/** Opens a session. @returns its id; it has no refresh token yet */
export const insertSession = async (tx: Transaction, { userId, origin, now }: Opening): Promise<string> => {
  const id = newId();
  const from = { address: origin.address, agent: agentOf(origin) };
  const times = { createdAt: now, lastUsedAt: now, expiresAt: expiryFrom(now) };
  await tx.session.create({ data: { id, userId, ...from, ...times }, select: { id: true } });
  return id;
};

interface Issue {
  sessionId: string;
  userId: string;
  now: Date;
}

/** @returns the token, which exists nowhere else: only its hash is kept */
export const insertRefreshToken = async (tx: Transaction, { sessionId, userId, now }: Issue): Promise<string> => {
  const token = newRefreshToken();
  const owner = { sessionId, userId };
  const kept = { id: newId(), tokenHash: refreshTokenHash(token), createdAt: now, expiresAt: expiryFrom(now) };
  await tx.refreshToken.create({ data: { ...kept, ...owner }, select: { id: true } });
  return token;
};

/**
 * Opens a session with a refresh token for each user, and notes the sign-ins.
 * @returns in the order of the users; the tokens exist nowhere else
 */
export const insertSessions = async (
  tx: Transaction,
  userIds: readonly string[],
  { origin, now }: Pick<Opening, 'origin' | 'now'>,
): Promise<{ sessionId: string; refreshToken: string }[]> => {
  const opened = userIds.map((userId) => ({ userId, sessionId: newId(), refreshToken: newRefreshToken() }));
  const from = { address: origin.address, agent: agentOf(origin) };
  const times = { createdAt: now, expiresAt: expiryFrom(now) };
  await tx.session.createMany({
    data: opened.map(({ userId, sessionId }) => ({ id: sessionId, userId, ...from, ...times, lastUsedAt: now })),
  });
  await tx.refreshToken.createMany({
    data: opened.map(({ refreshToken, ...owner }) => ({
      ...{ id: newId(), tokenHash: refreshTokenHash(refreshToken) },
      ...owner,
      ...times,
    })),
  });
  await tx.loginHistory.createMany({
    data: userIds.map((userId) => ({ id: newId(), userId, outcome: 'SUCCEEDED' as const, ...from, createdAt: now })),
  });
  return opened;
};

/** Marks the token used. Of any number of callers at once exactly one is told true. */
export const claimRefreshToken = async (tx: Transaction, id: string, now: Date): Promise<boolean> => {
  const { count } = await tx.refreshToken.updateMany({ where: { id, usedAt: null }, data: { usedAt: now } });
  return count === 1;
};

/** Prolongs a session. False when it has been ended, also by a transaction that ran at the same time. */
export const prolongSession = async (tx: Transaction, id: string, now: Date): Promise<boolean> => {
  const data = { lastUsedAt: now, expiresAt: expiryFrom(now) };
  const { count } = await tx.session.updateMany({ where: { id, revokedAt: null }, data });
  return count === 1;
};

/** True for the one caller that ended it; false when it was over before. */
export const revokeSession = async (tx: Transaction, id: string, end: { reason: string; now: Date }) => {
  const data = { revokedAt: end.now, revokedReason: end.reason };
  const { count } = await tx.session.updateMany({ where: { id, revokedAt: null }, data });
  return count === 1;
};

/** Ends every session of these users that can still be used. @returns those sessions */
export const revokeSessionsOf = (
  tx: Transaction,
  userIds: readonly string[],
  { reason, now }: { reason: string; now: Date },
): Promise<{ id: string; userId: string }[]> =>
  tx.session.updateManyAndReturn({
    where: { userId: { in: [...userIds] }, revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now, revokedReason: reason },
    select: { id: true, userId: true },
  });

interface Entry {
  outcome: LoginOutcome;
  /** Null when no account matched. */
  userId: string | null;
  origin: Origin;
  now: Date;
}

export const recordLogin = async (tx: Transaction, { outcome, userId, origin, now }: Entry): Promise<void> => {
  const data = { id: newId(), userId, outcome, address: origin.address, agent: agentOf(origin), createdAt: now };
  await tx.loginHistory.create({ data, select: { id: true } });
};
