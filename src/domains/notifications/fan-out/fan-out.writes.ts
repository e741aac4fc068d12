import type { FanoutAudience, NotificationType } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';

export interface FanOut {
  eventId: string;
  audience: FanoutAudience;
  type: NotificationType;
  title: string;
  message: string;
  data: Record<string, string>;
  /** The same key is told once, and its recipients each once. */
  dedupeKey: string;
  createdById: string | null;
}

/** Plans a message to many; planned before, it stays as it is. */
export const planFanOut = async (tx: Transaction, plan: FanOut): Promise<void> => {
  await tx.notificationQueue.createMany({ data: [{ id: newId(), ...plan }], skipDuplicates: true });
};

export interface Step {
  id: string;
  eventId: string;
  audience: FanoutAudience;
  type: NotificationType;
  title: string;
  message: string;
  data: Record<string, string> | null;
  dedupeKey: string;
  createdById: string | null;
  cursor: string | null;
}

/** Locks a fan-out that is not finished, the earliest that no other worker has in hand; null when there is none. */
export const lockNextStep = async (tx: Transaction): Promise<Step | null> => {
  const [step] = await tx.$queryRaw<Step[]>`
    SELECT id, event_id AS "eventId", audience::text AS audience, type::text AS type, title, message, data,
           dedupe_key AS "dedupeKey", created_by_id AS "createdById", cursor
    FROM notification_queue
    WHERE status IN ('SCHEDULED', 'RUNNING') AND scheduled_at <= now() AND event_id IS NOT NULL
    ORDER BY scheduled_at LIMIT 1 FOR UPDATE SKIP LOCKED`;
  return step ?? null;
};

/** Notes how far the fan-out has come, in the transaction that wrote what it told. */
export const moveOn = async (
  tx: Transaction,
  id: string,
  { cursor, sent, isDone, now }: { cursor: string | null; sent: number; isDone: boolean; now: Date },
): Promise<void> => {
  await tx.notificationQueue.update({
    where: { id },
    data: {
      status: isDone ? 'DONE' : 'RUNNING',
      sentCount: { increment: sent },
      ...(cursor ? { cursor } : {}),
      ...(isDone ? { finishedAt: now } : {}),
    },
  });
};
