import type { Transaction } from '../../../platform/db/client.ts';
import type { Choice } from './preference.reads.ts';

/** Keeps a choice; without `quietHours` those chosen before stay. */
export const saveChoice = async (
  tx: Transaction,
  userId: string,
  {
    category,
    channel,
    isEnabled,
    quietHours,
  }: Omit<Choice, 'quietHours'> & { quietHours?: Choice['quietHours'] | undefined },
) => {
  const hours =
    quietHours === undefined
      ? {}
      : { quietFromMinute: quietHours?.fromMinute ?? null, quietUntilMinute: quietHours?.untilMinute ?? null };
  return tx.notificationPreference.upsert({
    where: { userId_category_channel: { userId, category, channel } },
    create: { userId, category, channel, isEnabled, ...hours },
    update: { isEnabled, ...hours },
  });
};
