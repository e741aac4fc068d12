import type { Transaction } from '../../../../platform/db/client.ts';

/** Whether a tax rate is there to be chosen. */
export const isTaxRate = async (reader: Pick<Transaction, 'taxRate'>, taxRateId: string): Promise<boolean> =>
  (await reader.taxRate.findUnique({ where: { id: taxRateId }, select: { id: true } })) !== null;

/** Whether anybody ever claimed, waited for or was admitted with a ticket type. */
export const isTouched = async (
  reader: Pick<Transaction, 'inventoryHold' | 'waitlist' | 'eventParticipant'>,
  ticketTypeId: string,
): Promise<boolean> => {
  const where = { ticketTypeId };
  const found = [
    await reader.inventoryHold.findFirst({ where, select: { id: true } }),
    await reader.waitlist.findFirst({ where, select: { id: true } }),
    await reader.eventParticipant.findFirst({ where, select: { id: true } }),
  ];
  return found.some((row) => row !== null);
};
