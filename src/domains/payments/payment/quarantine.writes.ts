import type { BreakKind } from '../../../generated/prisma/enums.ts';
import type { Applying, Outcome } from '../applying/applying.steps.ts';
import { noteBreak } from '../break/break.writes.ts';
import { paymentMoved, paymentQuarantined } from '../facts.ts';
import type { PaymentRow } from './payment.reads.ts';
import { isFurther } from './rank.rules.ts';

/** What does not fit. */
export interface Misfit {
  kind: BreakKind;
  /** The provider's id of it. */
  reference: string;
  expectedMinor: bigint;
  reportedMinor: bigint;
  reason: string;
}

/**
 * Puts a message aside for a person to look at, and with it the payment, if nothing was taken for it yet. Nothing is
 * booked.
 */
export const quarantine = async (applying: Applying, payment: PaymentRow, misfit: Misfit): Promise<Outcome> => {
  const { tx, record, provider, webhookId, now } = applying;
  const { id: paymentId, userId, currency } = payment;
  if (isFurther('QUARANTINED', payment.status)) {
    const data = { status: 'QUARANTINED', failureCode: 'AMOUNT_MISMATCH' } as const;
    await tx.payment.update({ where: { id: paymentId }, data, select: { id: true } });
    await record(paymentMoved, { paymentId, userId });
  }
  await noteBreak(tx, { ...misfit, provider, paymentId, currency, now });
  if (webhookId !== undefined) {
    await record(paymentQuarantined, { paymentId, webhookId, reason: misfit.reason });
  }
  return { status: 'QUARANTINED', paymentId, reason: misfit.reason };
};
