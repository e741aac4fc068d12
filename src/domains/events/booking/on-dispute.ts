import type { Subscriber } from '../../../kernel/domain.ts';
import { LONG_BOUNDS } from '../../../platform/db/bound-transaction.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import { takenByBank } from '../../payments/api.ts';
import { disputeLost, disputeOpened, disputeWon } from '../../payments/facts.ts';
import { lockStock } from '../inventory/stock.writes.ts';
import { reviveTickets, revokeTickets } from '../ticket/revocation.writes.ts';
import { eventIdOf, findBooking } from './booking.reads.ts';
import { cancelSold } from './end-booking.steps.ts';
import { planNoRefund } from './quote-refund.ts';

interface Disputed {
  paymentId: string;
  bookingId: string | null;
}

/**
 * The payer's bank decides about the tickets it paid for. While it wants back all that is left of the payment, no code of
 * them lets in; once it has taken the money they are cancelled and their seats are free; when the dispute is won,
 * or only a part is disputed, they stand. What counts is how things stand now, so facts may come late, twice or reversed.
 */
export const onDispute = ({ database }: { database: Database }): Subscriber[] => {
  const run = async (tx: Transaction, { paymentId, bookingId }: Disputed): Promise<void> => {
    if (bookingId !== null) await follow(tx, { paymentId, bookingId });
  };
  const each = { bounds: LONG_BOUNDS, run };
  return [
    subscribeInTransaction(database, { name: 'events.suspendDisputedTickets', fact: disputeOpened, ...each }),
    subscribeInTransaction(database, { name: 'events.restoreDisputedTickets', fact: disputeWon, ...each }),
    subscribeInTransaction(database, { name: 'events.cancelChargedBackBooking', fact: disputeLost, ...each }),
  ];
};

const follow = async (tx: Transaction, { paymentId, bookingId }: { paymentId: string; bookingId: string }) => {
  const eventId = await eventIdOf(tx, bookingId);
  const stock = eventId === null ? null : await lockStock(tx, eventId);
  if (!stock) return;
  const booking = await findBooking(tx, bookingId);
  if (booking?.status !== 'CONFIRMED' || booking.price.paidBy !== paymentId) return;
  const issued = booking.admissions.filter(({ status }) => status === 'ISSUED');
  const taken = await takenByBank(tx, paymentId);
  if (taken === 'LOST') {
    const plan = planNoRefund(booking);
    return void (await cancelSold({ tx, record: recordIn(tx), stock }, booking, {
      ...{ plan, reason: 'DISPUTE_LOST', cancelledById: null },
    }));
  }
  if (taken === 'NOTHING') return reviveTickets(tx, issued);
  await revokeTickets(tx, issued, { eventId: stock.event.id, reason: 'REFUNDED', now: stock.now });
};
