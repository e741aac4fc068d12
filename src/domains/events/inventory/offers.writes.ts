import type { OfferStatus, WaitlistStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

/** Ends open offers, with the holds that kept their seats. @returns the seats, to be released or passed on */
export const endOffers = async (
  tx: Transaction,
  offerIds: readonly string[],
  to: Exclude<OfferStatus, 'OFFERED' | 'ACCEPTED'>,
): Promise<{ ticketTypeId: string; quantity: number }[]> => {
  const ended = await tx.$queryRaw<{ id: string }[]>`
    UPDATE waitlist_offers SET status = ${to}::offer_status, answered_at = now()
    WHERE id = ANY(${[...offerIds]}::uuid[]) AND status = 'OFFERED' RETURNING id`;
  return settleOfferHolds(
    tx,
    ended.map(({ id }) => id),
    to === 'LAPSED' ? 'EXPIRED' : 'RELEASED',
  );
};

const settleOfferHolds = (
  tx: Transaction,
  offerIds: readonly string[],
  to: 'EXPIRED' | 'RELEASED',
): Promise<{ ticketTypeId: string; quantity: number }[]> =>
  tx.$queryRaw`
    UPDATE inventory_holds SET state = ${to}::hold_state, expires_at = NULL, settled_at = now(), updated_at = now()
    WHERE waitlist_offer_id = ANY(${[...offerIds]}::uuid[]) AND state = 'HELD'
    RETURNING ticket_type_id AS "ticketTypeId", quantity`;

/** Offers somebody may let go by before the entry is taken off the list. */
export const MAX_LAPSES = 2;

/** Puts entries whose offers lapsed at the end of the line, or takes them off it. @returns the ids of those taken off */
export const requeue = async (tx: Transaction, entryIds: readonly string[]): Promise<Set<string>> => {
  const rows = await tx.$queryRaw<{ id: string; status: WaitlistStatus }[]>`
    UPDATE waitlists SET
      status = CASE WHEN lapses >= ${MAX_LAPSES} THEN 'REMOVED'::waitlist_status ELSE 'WAITING'::waitlist_status END,
      left_at = CASE WHEN lapses >= ${MAX_LAPSES} THEN now() END,
      lapses = least(lapses + 1, ${MAX_LAPSES}), joined_at = clock_timestamp(), bypassed = 0, head_since = NULL, updated_at = now()
    WHERE id = ANY(${[...entryIds]}::uuid[]) AND status = 'OFFERED' RETURNING id, status`;
  return new Set(rows.filter(({ status }) => status === 'REMOVED').map(({ id }) => id));
};
