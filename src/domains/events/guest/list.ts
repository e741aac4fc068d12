import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { nameOfAccount } from '../../identity/api.ts';
import { type RefundablePayment, refundablePayments, wireMoney } from '../../payments/api.ts';
import { canSeeAttendees } from '../event/policy.ts';
import { findStanding } from '../event/standing.reads.ts';
import { toTime, toTimeOrNull } from '../times.rules.ts';
import { list } from './contract.ts';
import { type GuestRow, guestsOf } from './guest.reads.ts';

/** Lists who comes to an event, with what each paid. What can go back is shown to the owner, who may send it. */
export const listGuests = ({ database }: { database: Database }) =>
  handle(list, {
    load: ({ eventId }, { actor }) => findStanding(database, eventId, actor),
    sees: (_actor, { role }) => role !== null,
    allow: (_actor, standing) => canSeeAttendees(standing),
    run: async ({ cursor, limit, ...wanted }, { role }) => {
      const { eventId, query, ticketTypeId, state } = wanted;
      const asked = { eventId, query, ticketTypeId, state, after: cursor, limit: limit + 1 };
      const { items, nextCursor } = pageBy(await guestsOf(database, asked, nameOfAccount), limit, ({ id }) => id);
      const bookingIds = role === 'OWNER' ? [...new Set(items.map(({ bookingId }) => bookingId))] : [];
      const payments = await refundablePayments(database, bookingIds);
      return { items: items.map((row) => present(row, payments.get(row.bookingId))), nextCursor };
    },
  });

const present = (row: GuestRow, payment: RefundablePayment | undefined) => ({
  admissionId: row.id,
  bookingId: row.bookingId,
  reference: row.reference ?? '',
  userId: row.userId,
  name: row.name,
  ticketTypeId: row.ticketTypeId,
  ticketType: row.ticketType,
  isCancelled: row.status === 'CANCELLED',
  paid: wireMoney(row.pricePaid, row.currency),
  bookedAt: toTime(row.bookedAt),
  admittedAt: row.admittedAtMs === null ? null : toTime(new Date(row.admittedAtMs)),
  noShowAt: toTimeOrNull(row.noShowAt),
  payment: payment ? { paymentId: payment.paymentId, left: wireMoney(payment.leftMinor, payment.currency) } : null,
});
