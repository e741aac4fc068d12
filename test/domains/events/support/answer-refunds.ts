import { lockPayment } from '../../../../src/domains/payments/payment/lock.writes.ts';
import { failRefund, settleRefund } from '../../../../src/domains/payments/refund/settle.writes.ts';
import type { Database } from '../../../../src/platform/db/client.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';

export type End = 'settle' | 'fail';

/** The provider answers every refund of a payment that waits. */
export const answerRefunds = (database: Database, paymentId: string, end: End = 'settle'): Promise<void> =>
  database.$transaction(async (tx) => {
    const payment = await lockPayment(tx, paymentId);
    if (!payment) throw new Error(`no payment ${paymentId}`);
    const applying = { tx, record: recordIn(tx), now: new Date() };
    const waiting = await tx.refund.findMany({ where: { paymentId, status: 'REQUESTED' }, orderBy: { id: 'asc' } });
    for (const refund of waiting) {
      if (end === 'settle') await settleRefund(applying, payment, refund, `r_${refund.id}`);
      else await failRefund(applying, payment, refund, 'refused');
    }
  });
