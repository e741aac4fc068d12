import type { WaitlistStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { offerEnd, type Selection } from './queue.rules.ts';

interface Joining {
  eventId: string;
  ticketTypeId: string | null;
  userId: string;
  quantity: number;
}

/** Puts somebody at the end of the line. @returns the entry's id */
export const insertEntry = async (
  tx: Transaction,
  { eventId, ticketTypeId, userId, quantity }: Joining,
): Promise<string> => {
  const id = newId();
  await tx.$executeRaw`
    INSERT INTO waitlists (id, event_id, ticket_type_id, user_id, quantity, joined_at, created_at, updated_at)
    VALUES (${id}::uuid, ${eventId}::uuid, ${ticketTypeId}::uuid, ${userId}::uuid, ${quantity}, clock_timestamp(), now(), now())`;
  return id;
};

/** Moves an entry that stands where the step begins. @returns whether it did */
export const moveEntry = async (
  tx: Transaction,
  id: string,
  { from, to }: { from: readonly WaitlistStatus[]; to: WaitlistStatus },
): Promise<boolean> => {
  const moved = await tx.$executeRaw`
    UPDATE waitlists SET status = ${to}::waitlist_status, left_at = CASE WHEN ${to} = 'CONVERTED' THEN left_at ELSE now() END,
      head_since = NULL, updated_at = now()
    WHERE id = ${id}::uuid AND status = ANY(${[...from]}::waitlist_status[])`;
  return moved === 1;
};

export const setPriority = async (tx: Transaction, id: string, priority: number): Promise<boolean> =>
  (await tx.$executeRaw`
    UPDATE waitlists SET priority = ${priority}, updated_at = now() WHERE id = ${id}::uuid AND status = 'WAITING'`) ===
  1;

interface Offering {
  stock: Stock;
  selection: Selection;
}

export interface Offered {
  offerId: string;
  entryId: string;
  userId: string;
  ticketTypeId: string;
  quantity: number;
  /** Minor units as text; kept, whatever the type costs later. */
  unitPrice: string;
  expiresAt: string;
}

/** Offers what was chosen, each offer with the hold that keeps its seats; the seats are claimed elsewhere. */
export const insertOffers = async (tx: Transaction, { stock, selection }: Offering): Promise<Offered[]> => {
  const { event, now } = stock;
  const offered = selection.chosen.flatMap(({ entry, ticketTypeId }) => {
    const type = stock.types.get(ticketTypeId);
    if (!type) return [];
    const terms = { unitPrice: String(type.priceMinor), expiresAt: offerEnd(stock, type).toISOString() };
    const { id: entryId, userId, quantity } = entry;
    return [{ offerId: newId(), holdId: newId(), entryId, userId, ticketTypeId, quantity, ...terms }];
  });
  await noteHeads(tx, selection.heads, now);
  if (offered.length === 0) return [];
  const json = JSON.stringify(offered);
  await tx.$executeRaw`
    INSERT INTO waitlist_offers (id, waitlist_id, event_id, ticket_type_id, user_id, quantity, unit_price, currency,
      offered_at, expires_at)
    SELECT "offerId", "entryId", ${event.id}::uuid, "ticketTypeId", "userId", quantity, "unitPrice",
      ${event.currency}, ${now}, "expiresAt"
    FROM jsonb_to_recordset(${json}::jsonb) AS o ("offerId" uuid, "entryId" uuid, "ticketTypeId" uuid, "userId" uuid,
      quantity int, "unitPrice" bigint, "expiresAt" timestamptz)`;
  await tx.$executeRaw`
    INSERT INTO inventory_holds (id, event_id, ticket_type_id, waitlist_offer_id, user_id, state, quantity, unit_price,
      currency, expires_at, created_at, updated_at)
    SELECT "holdId", ${event.id}::uuid, "ticketTypeId", "offerId", "userId", 'HELD', quantity, "unitPrice",
      ${event.currency}, "expiresAt", now(), now()
    FROM jsonb_to_recordset(${json}::jsonb) AS o ("holdId" uuid, "offerId" uuid, "ticketTypeId" uuid, "userId" uuid,
      quantity int, "unitPrice" bigint, "expiresAt" timestamptz)`;
  await tx.$executeRaw`
    UPDATE waitlists AS w SET status = 'OFFERED', head_since = NULL, updated_at = now()
    FROM jsonb_to_recordset(${json}::jsonb) AS o ("entryId" uuid) WHERE w.id = o."entryId"`;
  return offered.map(({ holdId: _holdId, ...offer }) => offer);
};

const noteHeads = async (tx: Transaction, heads: Selection['heads'], now: Date): Promise<void> => {
  if (heads.length === 0) return;
  await tx.$executeRaw`
    UPDATE waitlists AS w SET bypassed = h.bypassed, head_since = coalesce(w.head_since, ${now}), updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) AS h (id uuid, bypassed int)
    WHERE w.id = h.id AND (w.bypassed <> h.bypassed OR w.head_since IS NULL)`;
};

/** Frees an open offer's hold for the booking that takes its seats over: they stay held. @returns false when it is not open */
export const passOn = async (tx: Transaction, offerId: string): Promise<boolean> => {
  const seats = await tx.$executeRaw`
    UPDATE inventory_holds SET state = 'RELEASED', expires_at = NULL, settled_at = now(), updated_at = now()
    WHERE waitlist_offer_id = ${offerId}::uuid AND state = 'HELD' AND expires_at > now()`;
  return seats === 1;
};

/** Says which booking an offer became; an offer is taken once (W5). @returns false when it was answered before */
export const acceptOffer = async (tx: Transaction, offerId: string, bookingId: string): Promise<boolean> =>
  (await tx.$executeRaw`
    UPDATE waitlist_offers SET status = 'ACCEPTED', booking_id = ${bookingId}::uuid, answered_at = now()
    WHERE id = ${offerId}::uuid AND status = 'OFFERED' AND expires_at > now()`) === 1;

/** Takes entries of an event off the list in one go. @returns them */
export const revokeEntries = (
  tx: Transaction,
  eventId: string,
  limit: number,
): Promise<{ id: string; userId: string }[]> =>
  tx.$queryRaw`
    UPDATE waitlists SET status = 'REVOKED', left_at = now(), head_since = NULL, updated_at = now()
    WHERE id IN (SELECT id FROM waitlists
      WHERE event_id = ${eventId}::uuid AND status IN ('WAITING', 'OFFERED') ORDER BY id LIMIT ${limit})
    RETURNING id, user_id AS "userId"`;

/** Open offers of these entries. */
export const openOffersOf = async (tx: Transaction, entryIds: readonly string[]): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM waitlist_offers WHERE waitlist_id = ANY(${[...entryIds]}::uuid[]) AND status = 'OFFERED' ORDER BY id`;
  return rows.map(({ id }) => id);
};
