import type { SuppressionReason } from '../../../generated/prisma/enums.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';

/** A delivery this worker may send now. */
export interface Leased {
  id: string;
  notificationId: string;
  channel: 'EMAIL' | 'PUSH';
  /** Null for mail, and for a device that was forgotten. */
  deviceTokenId: string | null;
  /** Counts this one. */
  attempts: number;
}

/** A worker that died frees what it leased this way. */
const LEASE_SECONDS = 60;

/** Takes up to `limit` deliveries that are due, also those whose worker died; two workers never take the same. */
export const leaseDue = (
  database: Database,
  { channel, limit }: { channel: Leased['channel']; limit: number },
): Promise<Leased[]> =>
  database.$queryRaw<Leased[]>`
    UPDATE notification_deliveries SET
      status = 'SENDING', attempts = attempts + 1, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    WHERE id IN (
      SELECT id FROM notification_deliveries
      WHERE channel = ${channel}::notification_channel AND (
        (status = 'PENDING' AND next_attempt_at <= now()) OR (status = 'SENDING' AND lease_until < now()))
      ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, notification_id AS "notificationId", channel, device_token_id AS "deviceTokenId", attempts`;

export type Ending =
  | { status: 'SENT' }
  | { status: 'SUPPRESSED'; suppressionReason: SuppressionReason }
  | { status: 'DEAD'; lastError: string }
  | { status: 'PENDING'; lastError: string; nextAttemptAt: Date };

/** Ends this attempt; a lease that was lost meanwhile belongs to another worker, who ends it. */
export const endAttempt = async (
  writer: Pick<Transaction, 'notificationDelivery'>,
  { id, attempts }: Leased,
  ending: Ending & { now: Date },
): Promise<void> => {
  const { now, ...fields } = ending;
  const sentAt = fields.status === 'SENT' ? { sentAt: now } : {};
  await writer.notificationDelivery.updateMany({
    where: { id, attempts, status: 'SENDING' },
    data: { ...fields, ...sentAt, leaseUntil: null },
  });
};
