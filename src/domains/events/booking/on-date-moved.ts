import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { eventPostponed, eventRescheduled } from '../facts.ts';
import { bookingIdsOf } from './booking.reads.ts';
import { adoptDate, widenPolicies } from './booking.writes.ts';
import { changed } from './contract.ts';
import { fullRefundAfterMoving, fullRefundAfterPostponing } from './refund-policy.ts';

interface Deps {
  database: Database;
  sockets: Pick<Sockets, 'tellUser'>;
}

const BATCH = 200;
/** Bookings that have the right: those that are paid later were made for the old date all the same. */
const STATUSES = ['REQUESTED', 'HELD', 'AWAITING_PAYMENT', 'CONFIRMED'] as const;

/** Gives people who booked the old date the right to a full refund for a while, whatever the policy says. */
export const onDateMoved = ({ database, sockets }: Deps): Subscriber[] => [
  subscribe({
    name: 'events.widenPoliciesOfPostponedEvent',
    fact: eventPostponed,
    run: ({ eventId, postponedAt }) => {
      const fullRefundUntil = fullRefundAfterPostponing(new Date(postponedAt));
      return inBatches(database, eventId, (tx, ids) => widenPolicies(tx, ids, fullRefundUntil));
    },
  }),
  subscribe({
    name: 'events.adoptDateOfRescheduledEvent',
    fact: eventRescheduled,
    run: async ({ eventId, rescheduledAt }) => {
      const event = await database.event.findUnique({ where: { id: eventId }, select: { startDate: true } });
      if (!event) return;
      const { startDate } = event;
      const movedAt = rescheduledAt === undefined ? new Date() : new Date(rescheduledAt);
      const moved = { startDate, fullRefundUntil: fullRefundAfterMoving(movedAt, startDate) };
      await inBatches(database, eventId, async (tx, ids) => {
        const adopted = await adoptDate(tx, ids, moved);
        // Codes carry the time at which they let in: devices ask for new ones.
        for (const { bookingId, userId, status } of adopted)
          sockets.tellUser(userId, changed, { bookingId, eventId, status });
      });
    },
  }),
];

const inBatches = async (
  database: Database,
  eventId: string,
  each: (tx: Transaction, ids: string[]) => Promise<void>,
): Promise<void> => {
  let after: string | undefined;
  do {
    const ids = await bookingIdsOf(database, eventId, { statuses: STATUSES, limit: BATCH, after });
    await boundTransaction(database, (tx) => each(tx, ids));
    after = ids.length === BATCH ? ids.at(-1) : undefined;
  } while (after !== undefined);
};
