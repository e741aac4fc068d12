import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { findStanding } from '../event/standing.reads.ts';
import { toTime, toTimeOrNull } from '../times.rules.ts';
import { listBookings } from './booking.reads.ts';
import { HOLDING } from './booking.rules.ts';
import { list } from './contract.ts';
import { canListBookings } from './policy.ts';
import { presentAmounts } from './present.ts';

type Row = Awaited<ReturnType<typeof listBookings>>[number];

/** Own bookings; an event's, for its team. */
export const listOwnBookings = ({ database }: { database: Database }) =>
  handle(list, {
    load: async ({ eventId }, { actor }) => ({
      standing: eventId === undefined ? null : await findStanding(database, eventId, actor),
    }),
    sees: canListBookings,
    allow: anyone,
    run: async ({ eventId, status, cursor, limit }, _subject, { actor, now }) => {
      const page = { eventId, userId: actor.userId, status, after: cursor, limit: limit + 1 };
      const rows = await listBookings(database, page);
      const items = rows.slice(0, limit);
      return {
        items: items.map((row) => summarise(row, now)),
        nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
      };
    },
  });

const summarise = (row: Row, now: Date) => {
  const isOver = HOLDING.includes(row.status) && row.holdExpiresAt !== null && row.holdExpiresAt <= now;
  const status = isOver ? 'EXPIRED' : row.status;
  return {
    id: row.id,
    reference: row.reference ?? '',
    eventId: row.eventId,
    eventTitle: row.event.title,
    userId: row.userId,
    status,
    quantity: row.quantity,
    holdExpiresAt: HOLDING.includes(status) ? toTimeOrNull(row.holdExpiresAt) : null,
    ...presentAmounts({
      subtotal: row.subtotalAmount ?? 0n,
      discount: row.discountAmount,
      tax: row.taxAmount,
      fee: row.feeAmount,
      total: row.totalAmount,
      currency: row.currency,
    }),
    createdAt: toTime(row.createdAt),
    confirmedAt: toTimeOrNull(row.confirmedAt),
    cancelledAt: toTimeOrNull(row.cancelledAt),
  };
};
