import type { Applying } from '../applying/applying.steps.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import type { RefundMessage } from '../provider/message.rules.ts';
import { moveRefund } from './move.writes.ts';
import { askAgain } from './owed.writes.ts';
import type { RefundRow } from './refund.reads.ts';
import { failRefund, giveUpRefund } from './settle.writes.ts';

interface Refusal {
  /** Every refund that the provider has of the payment, read after it refused. */
  listed: readonly RefundMessage[];
  message: string;
}

/**
 * The provider refused a refund. Most often it has less left than our books have, because money was sent back at its
 * dashboard: what we did not know of is taken in, and what is left is asked for, as a new refund. When nothing new is found
 * the refund has failed.
 */
export const afterRefusal = async (
  applying: Applying,
  refund: RefundRow,
  { listed, message }: Refusal,
): Promise<void> => {
  const payment = await lockPayment(applying.tx, refund.paymentId);
  if (payment === null) return;
  // An earlier attempt took effect after all: what it made is ours.
  if (listed.some(({ refundId, status }) => refundId === refund.id && status !== 'FAILED')) {
    for (const told of listed) await moveRefund(applying, told);
    return;
  }
  // What our books had promised is free first: only then do they have room for what the provider sent instead.
  const isTakenIn = payment.purpose !== 'WALLET_TOP_UP' && (await hasUnknown(applying, refund, listed));
  if (!isTakenIn) {
    await takeIn(applying, refund, { listed, end: () => failRefund(applying, payment, refund, message) });
    return;
  }
  const isOurs = await takeIn(applying, refund, { listed, end: () => giveUpRefund(applying, refund, message) });
  if (isOurs) await askAgain(applying, payment, { ...refund, failureMessage: message });
};

/** Whether the provider sent money back that our books do not have. */
const hasUnknown = async (
  { tx }: Pick<Applying, 'tx'>,
  { paymentId }: RefundRow,
  listed: readonly RefundMessage[],
): Promise<boolean> => {
  const settled = listed.filter(({ status }) => status === 'SETTLED').flatMap(({ refundRef }) => refundRef ?? []);
  if (settled.length === 0) return false;
  const where = { paymentId, status: 'SETTLED', providerRefundId: { in: settled } } as const;
  return (await tx.refund.count({ where })) < settled.length;
};

interface Ending {
  listed: readonly RefundMessage[];
  end: () => Promise<boolean>;
}

/** Ends our refund, unless it has ended, and then lets all that the provider told take effect. @returns whether it ended now */
const takeIn = async (applying: Applying, refund: RefundRow, { listed, end }: Ending): Promise<boolean> => {
  const isEnded = await end();
  for (const message of listed) if (message.refundId !== refund.id) await moveRefund(applying, message);
  return isEnded;
};
