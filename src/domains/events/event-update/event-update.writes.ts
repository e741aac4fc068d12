import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { UpdateRow } from './event-update.reads.ts';

export const insertUpdate = (tx: Transaction, data: Prisma.EventUpdateUncheckedCreateInput): Promise<UpdateRow> =>
  tx.eventUpdate.create({ data });

export const setPinned = (tx: Transaction, updateId: string, isPinned: boolean): Promise<UpdateRow> =>
  tx.eventUpdate.update({ where: { id: updateId }, data: { isPinned } });

/** @returns false when it was taken back before */
export const retractUpdate = async (tx: Transaction, updateId: string, now: Date): Promise<boolean> => {
  const { count } = await tx.eventUpdate.updateMany({
    where: { id: updateId, deletedAt: null },
    data: { deletedAt: now },
  });
  return count === 1;
};
