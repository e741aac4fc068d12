import type { PayoutMove } from '../ledger/journals/payout.steps.ts';
import { wireMinor } from '../money/wire.rules.ts';
import type { PayoutRow } from './payout.reads.ts';

/** What others are told of a payout. */
export const told = ({ id, hostId, amount, currency }: PayoutRow) => ({
  payoutId: id,
  hostId,
  amountMinor: wireMinor(amount),
  currency,
});

/** What the books must know of a payout's attempt. */
export const booked = ({ id, attempt, hostId, amount, currency }: PayoutRow, at: Date): PayoutMove => ({
  payoutId: id,
  attempt,
  hostId,
  amountMinor: amount,
  currency,
  at,
});

/** The provider's key for an attempt. */
export const keyOf = ({ id, attempt }: Pick<PayoutRow, 'id' | 'attempt'>): string => `${id}:${attempt}`;
