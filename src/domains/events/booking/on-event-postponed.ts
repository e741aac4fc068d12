import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import { eventPostponed } from '../facts.ts';
import { bookingIdsOf } from './booking.reads.ts';
import { widenPolicies } from './booking.writes.ts';

const BATCH = 200;
/** How long attendees may give their tickets back for all of their money. */
const FULL_REFUND_MS = 14 * 24 * 3_600_000;

/** Whoever booked another date may have all of it back for two weeks, whatever the policy said. */
export const onEventPostponed = ({ database }: { database: Database }): Subscriber =>
  subscribe({
    name: 'events.widenPoliciesOfPostponedEvent',
    fact: eventPostponed,
    run: async ({ eventId, postponedAt }) => {
      const fullRefundUntil = new Date(new Date(postponedAt).getTime() + FULL_REFUND_MS).toISOString();
      let after: string | undefined;
      do {
        const ids = await bookingIdsOf(database, eventId, { statuses: ['CONFIRMED'], limit: BATCH, after });
        await boundTransaction(database, (tx) => widenPolicies(tx, ids, { fullRefundUntil }));
        after = ids.length === BATCH ? ids.at(-1) : undefined;
      } while (after !== undefined);
    },
  });
