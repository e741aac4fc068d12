import { moveDispute } from '../dispute/move.writes.ts';
import { movePayment } from '../payment/move.writes.ts';
import { moveTransfer } from '../payout/move.writes.ts';
import type { ProviderMessage } from '../provider/message.rules.ts';
import { moveRefund } from '../refund/move.writes.ts';
import type { Applying, Outcome } from './applying.steps.ts';
import { applyWaiting } from './waiting.writes.ts';

/**
 * Lets a provider's message take effect, in one transaction with everything it changes. The same message may be applied
 * any number of times and in any order with others: what comes out is the same.
 */
export const applyMessage = async (applying: Applying, message: ProviderMessage): Promise<Outcome> => {
  const outcome = await applyOne(applying, message);
  // Messages about refunds and disputes may have come before the one that says the money was taken.
  if (message.about === 'payment' && outcome.status === 'PROCESSED' && outcome.paymentId !== null) {
    await applyWaiting(applying, { paymentId: outcome.paymentId, paymentRef: message.paymentRef }, applyOne);
  }
  return outcome;
};

const applyOne = async (applying: Applying, message: ProviderMessage): Promise<Outcome> => {
  switch (message.about) {
    case 'payment':
      return movePayment(applying, message);
    case 'refund':
      return moveRefund(applying, message);
    case 'dispute':
      return moveDispute(applying, message);
    case 'transfer':
      return moveTransfer(applying, { ...message, amountMinor: BigInt(message.amountMinor) });
    case 'other':
      return { status: 'IGNORED', paymentId: null };
  }
};
