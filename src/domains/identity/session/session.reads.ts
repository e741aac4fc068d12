import type { Transaction } from '../../../platform/db/client.ts';

type TokenReader = Pick<Transaction, 'refreshToken'>;
type SessionReader = Pick<Transaction, 'session'>;

/** A refresh token with what decides about it, or null. */
export const findRefreshToken = (reader: TokenReader, tokenHash: string) =>
  reader.refreshToken.findUnique({
    where: { tokenHash },
    select: {
      id: true,
      expiresAt: true,
      usedAt: true,
      session: { select: { id: true, createdAt: true, revokedAt: true } },
      user: { select: { id: true, username: true, role: true, status: true } },
    },
  });

export type StoredRefreshToken = NonNullable<Awaited<ReturnType<typeof findRefreshToken>>>;

/** One of a user's sessions, ended or not; null for those of others. */
export const findSession = (reader: SessionReader, sessionId: string) =>
  reader.session.findUnique({ where: { id: sessionId }, select: { id: true, userId: true, revokedAt: true } });

/** The ids of a user's sessions that can still be used. */
export const openSessionsOf = async (reader: SessionReader, userId: string, now: Date): Promise<string[]> => {
  const rows = await reader.session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: now } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};

/** These users' sessions that can still be used, without the `keep` of each that were used last. */
export const leastUsedSessions = (
  reader: Pick<Transaction, '$queryRaw'>,
  userIds: readonly string[],
  { keep, now }: { keep: number; now: Date },
): Promise<{ id: string; userId: string }[]> =>
  reader.$queryRaw`
    SELECT id, user_id AS "userId" FROM (
      SELECT id, user_id, row_number() OVER (PARTITION BY user_id ORDER BY last_used_at DESC, id DESC) AS place
      FROM sessions WHERE user_id = ANY(${[...userIds]}::uuid[]) AND revoked_at IS NULL AND expires_at > ${now}
    ) AS open WHERE place > ${keep}`;

interface Page {
  userId: string;
  now: Date;
  /** The id of the last session of the page before. */
  after: string | undefined;
  limit: number;
}

/** A user's sessions that can still be used. Ids grow with time, so the latest come first. */
export const listSessions = (reader: SessionReader, { userId, now, after, limit }: Page) =>
  reader.session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: now }, ...(after === undefined ? {} : { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: limit,
    select: { id: true, address: true, agent: true, createdAt: true, lastUsedAt: true, expiresAt: true },
  });
