import type { Transaction } from '../../../platform/db/client.ts';
import type { PushSubscription } from '../../../platform/push/pusher.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';

type Reader = Pick<Transaction, 'deviceToken'>;

const FIELDS = {
  id: true,
  platform: true,
  provider: true,
  appVersion: true,
  locale: true,
  createdAt: true,
  lastSeenAt: true,
  sessionId: true,
  invalidatedAt: true,
} as const;

/** A session that is over leaves its device to nobody. */
const inLiveSession = (now: Date) => ({ session: { revokedAt: null, expiresAt: { gt: now } } });

export const devicesOf = (reader: Reader, userId: string, now: Date) =>
  reader.deviceToken.findMany({
    where: { userId, ...inLiveSession(now) },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    select: FIELDS,
  });

export const deviceById = (reader: Reader, id: string) =>
  reader.deviceToken.findUniqueOrThrow({ where: { id }, select: FIELDS });

/** A device with whose it is, or null. */
export const findDevice = (reader: Reader, id: string) =>
  reader.deviceToken.findUnique({ where: { id }, select: { ...FIELDS, userId: true } });

type Row = Awaited<ReturnType<typeof devicesOf>>[number];

export const showDevice = (row: Row, viewerSessionId: string) => ({
  id: row.id,
  platform: row.platform,
  provider: row.provider,
  appVersion: row.appVersion,
  locale: row.locale,
  registeredAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  isCurrent: row.sessionId === viewerSessionId,
  isReachable: row.invalidatedAt === null,
});

/** Devices of these people that can be reached. */
export const reachableDevices = (reader: Reader, userIds: readonly string[], now: Date) =>
  reader.deviceToken.findMany({
    where: { userId: { in: [...userIds] }, invalidatedAt: null, provider: 'WEB_PUSH', ...inLiveSession(now) },
    select: { id: true, userId: true, tokenHash: true },
  });

/** Where a device's token lies. */
export const tokenPlace = (rowId: string) => ({ table: 'device_tokens', column: 'token', rowId });

/** How a person's device is reached; null once it is somebody else's, signed out, gone or erased. */
export const subscriptionOf = async (
  reader: Pick<Transaction, 'deviceToken' | '$queryRaw' | 'subjectKey'>,
  subjectKeys: Pick<SubjectKeys, 'decryptFor'>,
  { deviceId, userId, now }: { deviceId: string; userId: string; now: Date },
): Promise<PushSubscription | null> => {
  const device = await reader.deviceToken.findFirst({
    where: {
      id: deviceId,
      userId,
      invalidatedAt: null,
      user: { status: 'ACTIVE', deletedAt: null },
      ...inLiveSession(now),
    },
    select: { token: true },
  });
  const token = device && (await subjectKeys.decryptFor(reader, userId, tokenPlace(deviceId), device.token));
  // It was written by `device.register`, which had parsed it.
  return token === null ? null : (JSON.parse(token) as PushSubscription);
};
