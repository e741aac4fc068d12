import type { NotificationCategory } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { QuietHours } from '../intent/quiet-hours.rules.ts';

type Reader = Pick<Transaction, 'notificationPreference'>;

/** The ways a person may turn off. */
const CHANNELS = ['IN_APP', 'EMAIL', 'PUSH'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a person chose for one kind of news on one way. */
export interface Choice {
  category: NotificationCategory;
  channel: Channel;
  isEnabled: boolean;
  quietHours: QuietHours | null;
}

const FIELDS = {
  userId: true,
  category: true,
  channel: true,
  isEnabled: true,
  quietFromMinute: true,
  quietUntilMinute: true,
} as const;

interface Row {
  category: NotificationCategory;
  channel: string;
  isEnabled: boolean;
  quietFromMinute: number | null;
  quietUntilMinute: number | null;
}

export const showChoice = ({ category, channel, isEnabled, quietFromMinute, quietUntilMinute }: Row): Choice => ({
  category,
  channel: CHANNELS.find((each) => each === channel) ?? 'IN_APP',
  isEnabled,
  quietHours:
    quietFromMinute === null || quietUntilMinute === null
      ? null
      : { fromMinute: quietFromMinute, untilMinute: quietUntilMinute },
});

/** People's choices by `userId/category/channel`; what is not there was not chosen. */
export const choicesOf = async (reader: Reader, userIds: string[]): Promise<Map<string, Choice>> => {
  const rows = await reader.notificationPreference.findMany({ where: { userId: { in: userIds } }, select: FIELDS });
  return new Map(rows.map((row) => [`${row.userId}/${row.category}/${row.channel}`, showChoice(row)]));
};

/** One person's choices; there are at most as many as kinds times ways. */
export const ownChoices = async (reader: Reader, userId: string): Promise<Choice[]> => {
  const rows = await reader.notificationPreference.findMany({
    where: { userId, channel: { in: [...CHANNELS] } },
    orderBy: [{ category: 'asc' }, { channel: 'asc' }],
    select: FIELDS,
  });
  return rows.map(showChoice);
};
