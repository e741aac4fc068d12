import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { seatsOf } from '../booking/booking.rules.ts';
import { type PlacedOrder, placeOrders } from '../booking/place.steps.ts';
import { presentBooking } from '../booking/present.ts';
import { isPlaced, settlePlaced } from '../booking/settle-placed.steps.ts';
import { tellHeld } from '../booking/tell-held.ts';
import { capacityChanged, waitlistEnded } from '../facts.ts';
import { convertSeats } from '../inventory/seats.writes.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { accept } from './contract.ts';
import { type EntrySubject, holdEntry } from './lock.steps.ts';
import { canSeeEntry, isOwnEntry } from './policy.ts';
import { acceptOffer, moveEntry, passOn } from './waitlist.writes.ts';

interface Deps {
  sealing: Sealing;
  subjectKeys: Pick<SubjectKeys, 'encryptFor'>;
  sockets: Pick<Sockets, 'tellUser'>;
}

/** Takes an offer: the seats it keeps become a booking's, without being free in between. An offer is taken once (W5). */
export const acceptWaitlistOffer = ({ sealing, subjectKeys, sockets }: Deps) =>
  commit(accept, {
    load: ({ entryId }, { tx, actor }) => holdEntry(tx, entryId, actor),
    sees: canSeeEntry,
    allow: isOwnEntry,
    run: async ({ promoCode, guests = [] }, subject, { tx, actor, record, audit, afterCommit }) => {
      const { entry, standing } = subject;
      const { offerId, items, stock } = openOffer(subject);
      if (!(await passOn(tx, offerId))) throw offerOver();
      const order: PlacedOrder = { userId: actor.userId, standing, items, guests, promoCode };
      const placing = { tx, record, sealing, subjectKeys, stock, isOffered: true };
      const { placed } = await placeOrders({ ...placing, source: 'WAITLIST' }, [order]);
      const [one] = placed;
      if (one === undefined || !isPlaced(one)) throw one ?? offerOver();
      const { booking } = one;
      await settlePlaced(placing, [one]);
      if (booking.status === 'CONFIRMED') await convertSeats(tx, stock.event.id, seatsOf(booking));
      if (!(await acceptOffer(tx, offerId, booking.id))) throw offerOver();
      await moveEntry(tx, entry.id, { from: ['OFFERED'], to: 'CONVERTED' });
      const { eventId, hostId, userId } = entry;
      await record(waitlistEnded, { entryId: entry.id, eventId, hostId, userId, status: 'CONVERTED' });
      await record(capacityChanged, { eventId });
      audit({ targetType: 'waitlistEntry', targetId: entry.id, after: { status: 'CONVERTED', bookingId: booking.id } });
      afterCommit(() => tellHeld(sockets, [booking]));
      return presentBooking(booking, stock.now);
    },
  });

const offerOver = (): AppError => new AppError('OFFER_EXPIRED', 'The offer lapsed or was answered before.');

/** @throws OFFER_EXPIRED */
const openOffer = ({ entry, stock }: EntrySubject) => {
  const { offerId, offerStatus, offerTypeId, offerQuantity, offerExpiresAt, offerPrice } = entry;
  const isOpen = offerStatus === 'OFFERED' && offerExpiresAt !== null && offerExpiresAt > stock.now;
  if (!isOpen || offerId === null || offerTypeId === null || offerQuantity === null) throw offerOver();
  const item = { ticketTypeId: offerTypeId, quantity: offerQuantity };
  return { offerId, items: [item], stock: onTermsOf(stock, item, offerPrice) };
};

/** The stock with the type as it was offered: at its price, and in that quantity, whatever the host has changed since. */
const onTermsOf = (
  stock: Stock,
  { ticketTypeId, quantity }: { ticketTypeId: string; quantity: number },
  price: bigint | null,
): Stock => {
  const type = stock.types.get(ticketTypeId);
  if (!type) return stock;
  const offered = { ...type, priceMinor: price ?? type.priceMinor, minPerOrder: 1, maxPerOrder: quantity };
  return { ...stock, types: new Map(stock.types).set(ticketTypeId, offered) };
};
