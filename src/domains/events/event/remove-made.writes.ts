import type { Transaction } from '../../../platform/db/client.ts';

/** Deletes bookings with their tickets and claims. The seats must have been given back. */
export const deleteBookings = async (tx: Transaction, bookingIds: readonly string[]): Promise<void> => {
  const ids = [...bookingIds];
  await tx.$executeRaw`DELETE FROM event_participants WHERE booking_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM inventory_holds WHERE booking_id = ANY(${ids}::uuid[])`;
  // An offer that became a booking goes with it.
  await tx.$executeRaw`DELETE FROM waitlist_offers WHERE booking_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM bookings WHERE id = ANY(${ids}::uuid[])`;
};

/** Deletes places in queues with the offers that were made to them; what an offer became is a booking of its own. */
export const deleteWaiting = async (tx: Transaction, waitingIds: readonly string[]): Promise<void> => {
  const ids = [...waitingIds];
  await tx.$executeRaw`
    DELETE FROM inventory_holds AS h USING waitlist_offers AS o
    WHERE o.id = h.waitlist_offer_id AND o.waitlist_id = ANY(${ids}::uuid[]) AND h.booking_id IS NULL`;
  await tx.$executeRaw`
    UPDATE inventory_holds AS h SET waitlist_offer_id = NULL FROM waitlist_offers AS o
    WHERE o.id = h.waitlist_offer_id AND o.waitlist_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM waitlist_offers WHERE waitlist_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM waitlists WHERE id = ANY(${ids}::uuid[])`;
};

/** Deletes codes of these people that nobody used. */
export const deletePromoCodes = async (tx: Transaction, userIds: readonly string[]): Promise<void> => {
  await tx.$executeRaw`
    DELETE FROM promo_codes AS c WHERE c.created_by_id = ANY(${[...userIds]}::uuid[])
      AND NOT EXISTS (SELECT FROM promo_redemptions WHERE promo_code_id = c.id)`;
};

/**
 * Deletes events with all that belongs to them; the types of tickets, the team, what was told and who saved them go along. Of
 * the other domains it takes what could only stand on the event: plans to tell many of it.
 */
export const deleteEvents = async (tx: Transaction, eventIds: readonly string[]): Promise<void> => {
  const ids = [...eventIds];
  if (ids.length === 0) return;
  await tx.$executeRaw`DELETE FROM event_participants WHERE event_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM inventory_holds WHERE event_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM waitlist_offers WHERE event_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM waitlists WHERE event_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM bookings WHERE event_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM promo_codes WHERE event_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM check_in_lists WHERE event_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM event_signing_keys WHERE event_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM notification_queue WHERE event_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM events WHERE id = ANY(${ids}::uuid[])`;
};
