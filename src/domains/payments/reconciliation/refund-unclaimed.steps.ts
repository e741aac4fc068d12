import { type Asking, eachAlone } from '../applying/each-alone.ts';
import { inTransaction } from '../applying/in-transaction.steps.ts';
import { findPayment } from '../payment/payment.reads.ts';
import { tellCapturedAgain } from '../payment/tell-captured.steps.ts';
import { type Unclaimed, unclaimedPayments } from './unclaimed.reads.ts';
import { refundUnlessConfirmed } from './unclaimed.writes.ts';

const MINUTE_MS = 60_000;
/** Whoever confirms bookings hears of the money a second time after this. */
const TELL_AGAIN_AFTER_MS = 3 * MINUTE_MS;
/** Then it goes back: a payment is a booking or a refund within ten minutes. */
const SEND_BACK_AFTER_MS = 8 * MINUTE_MS;

/** Sees to it that money which nothing was given for goes back. */
export const refundUnclaimed = async (asking: Asking): Promise<void> => {
  const nowMs = asking.clock.now().getTime();
  const due = await unclaimedPayments(asking.database, new Date(nowMs - TELL_AGAIN_AFTER_MS));
  await eachAlone(asking, due, (payment) => bringOn(asking, payment, nowMs));
};

const bringOn = async (asking: Asking, { id, provider, completedAt }: Unclaimed, nowMs: number): Promise<void> => {
  const isLate = nowMs - completedAt.getTime() > SEND_BACK_AFTER_MS;
  await inTransaction(asking, provider, async (applying) => {
    const payment = await findPayment(applying.tx, id);
    if (payment === null) return;
    if (!isLate) return tellCapturedAgain(applying.record, payment);
    const isBack = await refundUnlessConfirmed(applying, payment);
    if (isBack) asking.log.error({ paymentId: id }, 'money that nothing was given for goes back');
  });
};
