import type { Transaction } from '../../../platform/db/client.ts';
import { recordFact } from '../../../platform/facts/outbox.ts';
import { newId } from '../../../platform/ids.ts';
import { notificationsIntended } from '../facts.ts';
import { choicesOf } from '../preference/preference.reads.ts';
import { deliveriesOf, isWanted } from './deliveries.reads.ts';
import type { Draft } from './draft.rules.ts';
import { withoutUnasked } from './unasked.reads.ts';

/** Drafts of one call at most; more belong into a fan-out. */
export const MAX_DRAFTS = 500;

/**
 * Writes what people are to be told, and how it travels, in the transaction of a subscriber. Told before, by the same
 * person and dedupe key, is told: repeats write nothing. What a stranger brought goes no further than its draft says.
 * @returns how many are new
 */
export const intend = async (tx: Transaction, drafts: readonly Draft[], now: Date): Promise<number> => {
  if (drafts.length > MAX_DRAFTS) throw new Error(`more than ${MAX_DRAFTS} notifications at once`);
  const allowed = await withoutUnasked(tx, drafts);
  const rows = allowed.map((draft) => ({ ...draft, id: newId() }));
  const choices = await choicesOf(tx, [...new Set(rows.map(({ userId }) => userId))]);
  const written = await tx.notification.createManyAndReturn({
    data: rows.map(({ expiresAt, isInboxOnly: _, ...row }) => ({
      ...row,
      createdAt: now,
      // Written all the same: the other ways carry it, and a repeat is known by it.
      ...(isWanted(choices, row, 'IN_APP') ? {} : { deletedAt: now }),
      ...(expiresAt ? { expiresAt } : {}),
    })),
    skipDuplicates: true,
    select: { id: true },
  });
  if (written.length === 0) return 0;
  const ids = new Set(written.map(({ id }) => id));
  const fresh = rows.filter(({ id }) => ids.has(id));
  await tx.notificationDelivery.createMany({
    data: await deliveriesOf(tx, fresh, { choices, now }),
    skipDuplicates: true,
  });
  await recordFact(tx, notificationsIntended, { notificationIds: [...ids] });
  return fresh.length;
};
