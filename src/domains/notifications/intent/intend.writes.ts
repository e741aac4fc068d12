import { createHash } from 'node:crypto';
import type { Transaction } from '../../../platform/db/client.ts';
import { recordFact } from '../../../platform/facts/outbox.ts';
import { newId } from '../../../platform/ids.ts';
import { mailAddresses } from '../../identity/api.ts';
import { notificationsIntended } from '../facts.ts';
import { type Choice, choicesOf } from '../preference/preference.reads.ts';
import { arrivesAlways, type Draft } from './draft.ts';
import { firstLoudMoment } from './quiet-hours.ts';

/** Drafts of one call at most; more belong into a fan-out. */
export const MAX_DRAFTS = 500;

/**
 * Writes what people are to be told, and how it travels, in the transaction of a subscriber. Told before, by the same
 * person and dedupe key, is told: repeats write nothing.
 * @returns how many are new
 */
export const intend = async (tx: Transaction, drafts: readonly Draft[], now: Date): Promise<number> => {
  if (drafts.length > MAX_DRAFTS) throw new Error(`more than ${MAX_DRAFTS} notifications at once`);
  const rows = drafts.map((draft) => ({ ...draft, id: newId() }));
  const written = await tx.notification.createManyAndReturn({
    data: rows.map(({ expiresAt, ...row }) => ({ ...row, createdAt: now, ...(expiresAt ? { expiresAt } : {}) })),
    skipDuplicates: true,
    select: { id: true },
  });
  if (written.length === 0) return 0;
  const ids = new Set(written.map(({ id }) => id));
  const fresh = rows.filter(({ id }) => ids.has(id));
  await tx.notificationDelivery.createMany({ data: await deliveriesOf(tx, fresh, now), skipDuplicates: true });
  await recordFact(tx, notificationsIntended, { notificationIds: [...ids] });
  return fresh.length;
};

type Row = Draft & { id: string };

const deliveriesOf = async (tx: Transaction, rows: Row[], now: Date) => {
  const userIds = [...new Set(rows.map(({ userId }) => userId))];
  const [choices, addresses] = await Promise.all([choicesOf(tx, userIds), mailAddresses(tx, userIds)]);
  return rows.flatMap((row) => {
    const address = addresses.get(row.userId);
    const inApp = {
      id: newId(),
      notificationId: row.id,
      channel: 'IN_APP' as const,
      status: 'SENT' as const,
      sentAt: now,
    };
    const choice = arrivesAlways(row.category) ? null : (choices.get(`${row.userId}/${row.category}/EMAIL`) ?? null);
    if (!address || choice?.isEnabled === false) return [inApp];
    return [inApp, mailDelivery(row, { ...address, choice, now })];
  });
};

interface Way {
  email: string;
  timeZone: string;
  choice: Choice | null;
  now: Date;
}

const mailDelivery = (row: Row, { email, timeZone, choice, now }: Way) => ({
  id: newId(),
  notificationId: row.id,
  channel: 'EMAIL' as const,
  endpointHash: createHash('sha256').update(email).digest('hex'),
  nextAttemptAt: firstLoudMoment(now, timeZone, choice?.quietHours ?? null),
});
