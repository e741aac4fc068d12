import type { Apply, Applying, Outcome } from '../applying/applying.steps.ts';
import { movePayment } from '../capture/move.writes.ts';
import { moveDispute } from '../dispute/move.writes.ts';
import { moveTransfer } from '../payout/move.writes.ts';
import type { ProviderMessage } from '../provider/message.rules.ts';
import { moveRefund } from '../refund/move.writes.ts';
import { applyWaiting } from './waiting.writes.ts';

/** Lets a provider's message take effect, whatever it is about. Topics below are handed it, see `Apply`. */
export const applyMessage: Apply = async (applying, message) => {
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
