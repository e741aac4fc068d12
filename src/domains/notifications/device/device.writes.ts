import { createHash } from 'node:crypto';
import type { DevicePlatform } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import type { PushSubscription } from '../../../platform/push/pusher.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { tokenPlace } from './device.reads.ts';

/** A person's devices at most; one more takes the place of the one that was unseen for longest. */
const MAX_DEVICES = 20;

export interface NewDevice {
  userId: string;
  sessionId: string;
  platform: DevicePlatform;
  subscription: PushSubscription;
  appVersion: string | null;
  locale: string | null;
  now: Date;
}

/**
 * Keeps a device as its registrant's: what others were to be told on it is told there no more.
 * @returns its id, the same as before when the same person registers it again
 */
export const saveDevice = async (
  tx: Transaction,
  keys: Pick<SubjectKeys, 'encryptFor'>,
  { userId, subscription, now, ...device }: NewDevice,
): Promise<string> => {
  const tokenHash = createHash('sha256').update(subscription.endpoint).digest('hex');
  // The person before the endpoint, so that two registrations wait for each other and never in a circle.
  for (const name of [`devices of ${userId}`, `device ${tokenHash}`]) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
  }
  await tx.deviceToken.deleteMany({ where: { tokenHash, NOT: { userId } } });
  const known = await tx.deviceToken.findUnique({ where: { tokenHash }, select: { id: true } });
  const id = known?.id ?? newId();
  const token = await keys.encryptFor(tx, userId, tokenPlace(id), JSON.stringify(subscription));
  const fields = { ...device, token, lastSeenAt: now, invalidatedAt: null };
  await tx.deviceToken.upsert({
    where: { id },
    create: { id, userId, provider: 'WEB_PUSH', tokenHash, createdAt: now, ...fields },
    update: fields,
  });
  await forgetSurplus(tx, userId);
  return id;
};

const forgetSurplus = async (tx: Transaction, userId: string): Promise<void> => {
  const surplus = await tx.deviceToken.findMany({
    where: { userId },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    skip: MAX_DEVICES,
    select: { id: true },
  });
  await tx.deviceToken.deleteMany({ where: { id: { in: surplus.map(({ id }) => id) } } });
};

export const deleteDevice = async (tx: Transaction, id: string): Promise<void> => {
  await tx.deviceToken.deleteMany({ where: { id } });
};

export const deleteDevicesOfSession = async (
  writer: Pick<Transaction, 'deviceToken'>,
  sessionId: string,
): Promise<void> => {
  await writer.deviceToken.deleteMany({ where: { sessionId } });
};

/** Notes that a device is gone, unless it was registered anew since it was tried. */
export const invalidateDevice = async (
  writer: Pick<Transaction, 'deviceToken'>,
  { deviceId, triedAt }: { deviceId: string; triedAt: Date },
): Promise<void> => {
  await writer.deviceToken.updateMany({
    where: { id: deviceId, lastSeenAt: { lte: triedAt } },
    data: { invalidatedAt: triedAt },
  });
};
