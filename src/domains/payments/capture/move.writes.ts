import type { Applying, Outcome } from '../applying/applying.steps.ts';
import { paymentFailed, paymentMoved } from '../facts.ts';
import { journalProviderFee } from '../ledger/journals/provider-fee.steps.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import { findByProviderRef, findPayment, type PaymentRow } from '../payment/payment.reads.ts';
import { quarantine } from '../payment/quarantine.writes.ts';
import { isCaptured, isFurther } from '../payment/rank.rules.ts';
import type { PaymentMessage } from '../provider/message.rules.ts';
import { capturePayment } from './capture.writes.ts';

/** Moves a payment to where its provider says it is, if that is further than it is. */
export const movePayment = async (applying: Applying, message: PaymentMessage): Promise<Outcome> => {
  const payment = await lockMeant(applying, message);
  if (!payment) return { status: 'RECEIVED', paymentId: null, reason: `no payment ${message.paymentRef} is known` };
  const misfit = misfitOf(payment, message);
  if (misfit) return quarantine(applying, payment, misfit);
  const moved = await advance(applying, payment, message);
  const hasFee = await noteFee(applying, payment, message);
  return { status: moved || hasFee ? 'PROCESSED' : 'IGNORED', paymentId: payment.id };
};

/** By the provider's name for it, or by ours where the provider gives it back; never one of another provider. */
const lockMeant = async ({ tx, provider }: Applying, message: PaymentMessage): Promise<PaymentRow | null> => {
  const known =
    (await findByProviderRef(tx, provider, message.paymentRef)) ??
    (message.paymentId === undefined ? null : await findPayment(tx, message.paymentId));
  if (!known || known.provider !== provider) return null;
  if (known.providerPaymentId !== null && known.providerPaymentId !== message.paymentRef) return null;
  return lockPayment(tx, known.id);
};

const misfitOf = ({ amount, currency }: PaymentRow, { amountMinor, currency: theirs, paymentRef }: PaymentMessage) => {
  const amounts = { reference: paymentRef, expectedMinor: amount, reportedMinor: BigInt(amountMinor) };
  if (theirs !== currency) {
    return { kind: 'CURRENCY_DIFFERS' as const, ...amounts, reason: `currency: ${theirs} instead of ${currency}` };
  }
  if (BigInt(amountMinor) === amount) return null;
  return { kind: 'AMOUNT_DIFFERS' as const, ...amounts, reason: `amountMinor: ${amountMinor} instead of ${amount}` };
};

const advance = async (applying: Applying, payment: PaymentRow, message: PaymentMessage): Promise<boolean> => {
  if (message.status === 'COMPLETED') {
    if (isCaptured(payment.status)) return false;
    await capturePayment(applying, payment, message.paymentRef);
    return true;
  }
  if (message.status === 'FAILED') return fail(applying, payment, message);
  if (!isFurther(message.status, payment.status)) return false;
  const data = { status: message.status, providerPaymentId: message.paymentRef };
  await applying.tx.payment.update({ where: { id: payment.id }, data, select: { id: true } });
  await applying.record(paymentMoved, { paymentId: payment.id, userId: payment.userId });
  return true;
};

/** Of several failures the gravest is kept, in the order of the enum: then it does not matter which came first. */
const fail = async ({ tx, record }: Applying, payment: PaymentRow, message: PaymentMessage): Promise<boolean> => {
  const code = message.failureCode ?? 'OTHER';
  const changed = await tx.$executeRaw`
    UPDATE payments SET status = 'FAILED', failure_code = ${code}::payment_failure_code,
      provider_payment_id = ${message.paymentRef}, updated_at = now()
    WHERE id = ${payment.id}::uuid AND (
      status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED')
      OR (status = 'FAILED' AND failure_code < ${code}::payment_failure_code))`;
  if (changed === 0) return false;
  await record(paymentMoved, { paymentId: payment.id, userId: payment.userId });
  if (payment.status !== 'FAILED') {
    await record(paymentFailed, { paymentId: payment.id, bookingId: payment.bookingId, userId: payment.userId, code });
  }
  return true;
};

/** The provider's fee is often known only later than the capture; it is booked once. */
const noteFee = async ({ tx, now }: Applying, payment: PaymentRow, message: PaymentMessage): Promise<boolean> => {
  if (message.status !== 'COMPLETED' || message.feeMinor === undefined) return false;
  const feeMinor = BigInt(message.feeMinor);
  const { count } = await tx.payment.updateMany({
    where: { id: payment.id, providerFeeAmount: null },
    data: { providerFeeAmount: feeMinor },
  });
  if (count === 0) return false;
  if (feeMinor > 0n) {
    await journalProviderFee(tx, { paymentId: payment.id, feeMinor, currency: payment.currency, at: now });
  }
  return true;
};
