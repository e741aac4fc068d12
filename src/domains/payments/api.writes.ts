import type { Transaction } from '../../platform/db/client.ts';
import type { RecordFact } from '../../platform/facts/record.ts';
import { type TakenByHand, takeByHand as take } from './capture/by-hand.writes.ts';
import { type PaymentStart, startPayment as start } from './capture/start.writes.ts';
import type { JournalDraft } from './ledger/journal.rules.ts';
import { postJournal as post } from './ledger/post-journal.writes.ts';
import { cancelOpenPayments as cancelOpen } from './payment/cancel.writes.ts';
import type { PaymentView } from './payment/present.ts';
import { type PaidBackByHand, settleByHand as settle } from './refund/by-hand.writes.ts';
import { refundOwed as refund } from './refund/owed.writes.ts';
import type { RefundView } from './refund/present.ts';
import type { RefundRequest } from './refund/request.writes.ts';

/**
 * What other domains may have changed here, in the transaction of their own change. It stands apart from `api.ts` so that
 * operations which only read, and run on nodes, reach no write.
 */

/**
 * Posts a balanced journal, opening accounts that do not exist and locking them in the order of their ids. Repeats of
 * (sourceType, sourceId, kind) post nothing and learn the first one's id.
 * @throws Error for entries that do not balance
 */
export const postJournal = (tx: Transaction, draft: JournalDraft): Promise<{ journalId: string; posted: boolean }> =>
  post(tx, draft);

/**
 * Opens a payment for a booking, or gives the one that is open; `settings` is `config.payments`. The fact
 * payment.requested has a worker call the provider after the commit. The method WALLET captures at once.
 * @throws CONFLICT when the booking is paid already
 */
export const startPayment = (tx: Transaction, record: RecordFact, draft: PaymentStart): Promise<PaymentView> =>
  start(tx, record, draft);

/**
 * Sends back what a rule says is owed, for the whole or for one admission, as far as it is left: less what was refunded and
 * what is disputed. What an open dispute holds goes back when the dispute is won.
 * @returns what goes back now, in minor units
 * @throws NOT_FOUND without such a payment or admission
 */
export const refundOwed = (tx: Transaction, record: RecordFact, owed: RefundRequest): Promise<bigint> =>
  refund(tx, record, owed);

/**
 * Gives up the payments of a booking that have taken nothing; money that comes all the same is paid back, without
 * payment.captured being told. A booking that may be claimed again when late money comes leaves its payment open.
 * @returns how many
 */
export const cancelOpenPayments = (
  tx: Transaction,
  record: RecordFact,
  ending: { bookingId: string; now: Date },
): Promise<number> => cancelOpen(tx, record, ending);

/**
 * Writes down that a host took the price of a booking by hand: a payment that is captured at once. An open online payment is
 * given up; money that comes for it all the same is paid back. The fact payment.captured is told as of any payment.
 * @throws CONFLICT when the booking is paid already
 */
export const takeByHand = (tx: Transaction, record: RecordFact, taken: TakenByHand): Promise<PaymentView> =>
  take(tx, record, taken);

/**
 * Settles a refund that a host owed by hand. Told again with the same reference, it answers the refund as it is.
 * @throws NOT_FOUND when the booking has no such refund
 * @throws CONFLICT for one that a provider pays, and one that was settled under another reference
 */
export const settleByHand = (tx: Transaction, record: RecordFact, paid: PaidBackByHand): Promise<RefundView> =>
  settle(tx, record, paid);
