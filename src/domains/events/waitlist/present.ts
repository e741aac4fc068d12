import type { z } from 'zod';
import { wireMoney } from '../../payments/api.ts';
import { toTime } from '../times.rules.ts';
import type { Entry } from './contract.ts';
import type { EntryRow } from './waitlist.reads.ts';

/** An entry on the wire; its offer is the latest it had. */
export const presentEntry = (row: EntryRow): z.infer<typeof Entry> => ({
  id: row.id,
  eventId: row.eventId,
  ticketTypeId: row.ticketTypeId,
  userId: row.userId,
  status: row.status,
  quantity: row.quantity,
  position: row.position,
  joinedAt: toTime(row.joinedAt),
  offer: presentOffer(row),
});

const presentOffer = (row: EntryRow) => {
  const { offerId, offerStatus, offerTypeId, offerQuantity, offerExpiresAt, offerPrice, offerCurrency } = row;
  if (offerId === null || offerStatus === null || offerTypeId === null || offerExpiresAt === null) return null;
  return {
    id: offerId,
    status: offerStatus,
    ticketTypeId: offerTypeId,
    quantity: offerQuantity ?? 1,
    price: offerPrice === null || offerCurrency === null ? null : wireMoney(offerPrice, offerCurrency),
    expiresAt: toTime(offerExpiresAt),
  };
};
