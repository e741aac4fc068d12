import type { Transaction } from '../../../platform/db/client.ts';
import type { Applying } from '../applying/applying.steps.ts';
import { refundRequested } from '../facts.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import type { RefundRow } from './refund.reads.ts';
import { failRefund } from './settle.writes.ts';

type Attempt = Pick<RefundRow, 'id' | 'attempt'>;

/**
 * Begins one attempt: only after this has committed may the provider be called. A payment that was disputed since the
 * refund was asked for has nothing to give: the refund fails, and stays owed until the bank has decided.
 * @returns false when the attempt does not begin
 */
export const beginAsking = async (applying: Applying, refund: RefundRow): Promise<boolean> => {
  const { tx } = applying;
  const payment = await lockPayment(tx, refund.paymentId);
  if (payment === null) return false;
  const { capturedAmount, refundedAmount, disputedAmount } = payment;
  const begun = await tx.$executeRaw`
    UPDATE refunds SET submitted_at = now(), updated_at = ${applying.now}
    WHERE id = ${refund.id}::uuid AND attempt = ${refund.attempt} AND status = 'REQUESTED'`;
  if (begun === 0) return false;
  if (disputedAmount === 0n || refundedAmount + disputedAmount <= capturedAmount) return true;
  await failRefund(applying, payment, refund, 'The payment is disputed: a bank decides about the money.');
  return false;
};

/** The provider did not answer: whether it sends the money nobody knows yet. */
export const markUnknown = async (
  { tx, now }: Pick<Applying, 'tx' | 'now'>,
  { id, attempt }: Attempt,
): Promise<void> => {
  await tx.$executeRaw`
    UPDATE refunds SET status = 'UNKNOWN', submitted_at = now(), updated_at = ${now}
    WHERE id = ${id}::uuid AND attempt = ${attempt} AND status = 'REQUESTED'`;
};

/**
 * Whether so much time has passed since an attempt was given up as unanswered, by the database's clock: the one that wrote
 * it down, whatever the clocks of two workers say.
 */
export const hasRested = async (
  { tx }: Pick<Applying, 'tx'>,
  { id, attempt }: Attempt,
  restMs: number,
): Promise<boolean> => {
  const [row] = await tx.$queryRaw<{ rested: boolean }[]>`
    SELECT submitted_at <= now() - make_interval(secs => ${restMs / 1_000}) AS rested FROM refunds
    WHERE id = ${id}::uuid AND attempt = ${attempt} AND status = 'UNKNOWN'`;
  return row?.rested === true;
};

/** The provider proved not to have an attempt: it is asked for anew, under a new key. */
export const askAnew = async (
  { tx, record, now }: Pick<Applying, 'tx' | 'record' | 'now'>,
  { id: refundId, attempt }: Attempt,
): Promise<void> => {
  const { count } = await tx.refund.updateMany({
    where: { id: refundId, attempt, status: 'UNKNOWN' },
    data: { status: 'REQUESTED', attempt: { increment: 1 }, updatedAt: now },
  });
  if (count === 1) await record(refundRequested, { refundId });
};

/** Notes that the provider was asked just now, so that those who wait longest are asked first. */
export const noteRefundAsked = async (tx: Transaction, refundId: string, now: Date): Promise<void> => {
  await tx.refund.updateMany({ where: { id: refundId }, data: { updatedAt: now } });
};
