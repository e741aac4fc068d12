import type { Transaction } from '../../../platform/db/client.ts';

/** Whether the offer still waits for its answer. */
export const isOfferOpen = async (reader: Pick<Transaction, 'waitlistOffer'>, offerId: string): Promise<boolean> => {
  const offer = await reader.waitlistOffer.findUnique({ where: { id: offerId }, select: { status: true } });
  return offer?.status === 'OFFERED';
};
