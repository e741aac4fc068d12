import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { newId } from '../../../platform/ids.ts';
import type { Applying } from '../applying/applying.steps.ts';
import { closeBreaks, noteBreak } from '../break/break.writes.ts';
import { openDisputesOf } from '../payment/disputed.reads.ts';
import { leftOf } from '../payment/left.rules.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';
import { Covered } from './covered.rules.ts';
import { leftOfAdmission } from './owed.reads.ts';
import { owedRefundsOf, type RefundRow } from './refund.reads.ts';
import { coveredBy, type RefundRequest, requestRefund } from './request.writes.ts';

type Writing = Pick<Applying, 'tx' | 'record' | 'now'>;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const atLeastNothing = (amount: bigint): bigint => (amount > 0n ? amount : 0n);

/**
 * Sends back what a rule says is owed, as far as it is left of the payment and of the admission: refunds made meanwhile
 * count, and so do disputes. What an open dispute holds is owed on: it goes back when the dispute is won.
 * @returns what goes back now, in minor units; 0 when nothing is left
 * @throws NOT_FOUND without such a payment or admission
 */
export const refundOwed = async (tx: Transaction, record: RecordFact, owed: RefundRequest): Promise<bigint> => {
  // Locked before anything is read: a refund that settles at this moment is seen.
  const payment = await lockPayment(tx, owed.paymentId);
  if (!payment) throw new AppError('NOT_FOUND', 'There is no such payment.');
  const due = await dueOf(tx, payment, owed);
  const sent = atLeastNothing(least(due, leftOf(payment)));
  const held = atLeastNothing(least(due - sent, await openDisputesOf(tx, payment.id)));
  if (sent > 0n) await requestRefund(tx, record, { ...owed, amountMinor: sent });
  if (held > 0n) await keepOwed(tx, payment, { ...owed, amountMinor: held });
  return sent;
};

/** Less what was given back of the admission before. */
const dueOf = async (
  tx: Transaction,
  { bookingId }: PaymentRow,
  { participantId, amountMinor }: RefundRequest,
): Promise<bigint> => {
  if (participantId === undefined) return amountMinor;
  const left = await leftOfAdmission(tx, { participantId, bookingId });
  if (left === null) throw new AppError('NOT_FOUND', 'participantId: is no admission of this booking.');
  return least(amountMinor, left);
};

/** Writes a debt down that cannot be paid while a bank decides: a refund that has failed, and will be asked for again. */
const keepOwed = async (tx: Transaction, payment: PaymentRow, owed: RefundRequest): Promise<void> => {
  const message = 'The payment is disputed: what is owed goes back if the dispute is won.';
  const row = await tx.refund.create({
    data: {
      id: newId(),
      paymentId: payment.id,
      bookingId: owed.bookingId,
      participantId: owed.participantId ?? null,
      requestedById: owed.requestedById ?? null,
      reason: owed.reason,
      initiator: owed.initiator,
      status: 'FAILED',
      failureMessage: message,
      amount: owed.amountMinor,
      ...coveredBy(owed),
      currency: payment.currency,
      createdAt: owed.now,
    },
  });
  await noteOwed({ tx, now: owed.now }, payment, row);
};

/** Notes that a refund which failed is owed: staff see it, and reconciliation asks for it again until it is closed. */
export const noteOwed = (
  { tx, now }: Pick<Applying, 'tx' | 'now'>,
  { id: paymentId, provider }: PaymentRow,
  { id: reference, amount: expectedMinor, currency, failureMessage }: RefundRow,
): Promise<void> => {
  const what = { kind: 'STATUS_DIFFERS', reference, paymentId, expectedMinor, reportedMinor: 0n } as const;
  const reason = `refund: owed, and not sent: ${failureMessage ?? 'the provider refused'}`;
  return noteBreak(tx, { ...what, provider, currency, reason, now });
};

/**
 * Asks anew for a refund that failed, as a new one under a key of its own: for all of it, or for what is left of the payment.
 * @param payment locked
 * @returns whether anything was asked for
 */
export const askAgain = async (
  { tx, record, now }: Writing,
  payment: PaymentRow,
  failed: RefundRow,
): Promise<boolean> => {
  const { paymentId, bookingId, participantId, reason, initiator, requestedById, note, amount: amountMinor } = failed;
  const sent = await refundOwed(tx, record, {
    ...{ paymentId, bookingId, amountMinor, reason, initiator, requestedById, now },
    ...(participantId === null ? {} : { participantId }),
    ...(note === null ? {} : { note }),
    ...requestedOf(failed),
  });
  const isHeld = sent < amountMinor && (await openDisputesOf(tx, payment.id)) > 0n;
  const why = sent > 0n || isHeld ? 'refund: asked for again' : 'refund: nothing is left of the payment to send';
  await closeBreaks(tx, { paymentId, reference: failed.id, note: why, now });
  return sent > 0n;
};

const requestedOf = ({ covers }: RefundRow): Pick<RefundRequest, 'admissions' | 'isFeeKept'> => {
  const { admissions, isFeeKept = false } = Covered.safeParse(covers).data ?? {};
  if (admissions === undefined) return { isFeeKept };
  return { isFeeKept, admissions: admissions.map(({ id, amountMinor }) => ({ id, amountMinor: BigInt(amountMinor) })) };
};

/** Asks again for everything that is owed of a payment: nothing stands in the way any more. @param payment locked */
export const askAgainForAll = async (writing: Writing, payment: PaymentRow): Promise<void> => {
  for (const failed of await owedRefundsOf(writing.tx, payment.id)) await askAgain(writing, payment, failed);
};
