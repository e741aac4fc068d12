import type { z } from 'zod';
import type { PaymentFailureCode } from '../../../generated/prisma/enums.ts';
import { wireMoney } from '../money/wire.rules.ts';
import { ClientAction, type Payment } from './contract.ts';
import type { PaymentRow } from './payment.reads.ts';
import { OPEN_STATES } from './rank.rules.ts';

export type PaymentView = z.output<typeof Payment>;

/** A payment as its payer sees it. The client has something to do only while the payment is open. */
export const presentPayment = (row: PaymentRow): PaymentView => {
  const action = isOpen(row) ? ClientAction.safeParse(row.clientAction) : undefined;
  return {
    id: row.id,
    status: row.status,
    purpose: row.purpose,
    method: row.method,
    provider: row.provider,
    providerRef: row.providerPaymentId,
    reference: row.reference,
    bookingId: row.bookingId,
    eventId: row.eventId,
    amount: wireMoney(row.amount, row.currency),
    captured: wireMoney(row.capturedAmount, row.currency),
    refunded: wireMoney(row.refundedAmount, row.currency),
    ...(action?.success
      ? { clientAction: { ...action.data, ...(row.returnUrl ? { returnUrl: row.returnUrl } : {}) } }
      : {}),
    failure: row.failureCode === null ? null : { code: row.failureCode, message: FAILURES[row.failureCode] },
    completedAt: row.completedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
};

const isOpen = ({ status }: PaymentRow): boolean => OPEN_STATES.some((open) => open === status);

/** What a payer is told. Providers' own words stay with us: they are written for merchants. */
const FAILURES: Record<PaymentFailureCode, string> = {
  DECLINED: 'The payment was declined.',
  INSUFFICIENT_FUNDS: 'There is not enough money on the account.',
  EXPIRED_CARD: 'The card has expired.',
  AUTHENTICATION_FAILED: 'The payer was not authenticated.',
  FRAUD_SUSPECTED: 'The payment was refused.',
  PROVIDER_UNAVAILABLE: 'The payment provider could not be reached.',
  TIMEOUT: 'The payment was not made in time.',
  AMOUNT_MISMATCH: 'The provider reported another amount; we look into it.',
  OTHER: 'The payment failed.',
};
