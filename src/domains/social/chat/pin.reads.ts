import type { Transaction } from '../../../platform/db/client.ts';

/** A chat's pins, the latest first. */
export const pinsOf = async (reader: Pick<Transaction, 'chatPin'>, chatId: string) => {
  const rows = await reader.chatPin.findMany({
    where: { chatId },
    orderBy: [{ pinnedAt: 'desc' }, { seq: 'desc' }],
    select: { seq: true, pinnedBy: true, pinnedAt: true },
  });
  return rows.map(({ seq, ...pin }) => ({ seq: Number(seq), ...pin }));
};
