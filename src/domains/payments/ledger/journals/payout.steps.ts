import type { Transaction } from '../../../../platform/db/client.ts';
import { findJournalOf } from '../journal.reads.ts';
import type { Entry } from '../journal.rules.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';

export interface PayoutMove {
  payoutId: string;
  /** Grows only after the one before was proved absent; each is booked for itself. */
  attempt: number;
  hostId: string;
  amountMinor: bigint;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

const TRANSIT = { kind: 'PAYOUT_IN_TRANSIT' } as const;
const BANK = { kind: 'BANK' } as const;

const sourceOf = ({ payoutId, attempt }: PayoutMove) =>
  ({ sourceType: 'PAYOUT', sourceId: `${payoutId}:${attempt}` }) as const;

/** Earnings leave for the host's bank. @throws what the database refuses when less is available */
export const journalPayoutSubmitted = (tx: Transaction, payout: PayoutMove): Promise<Posted> =>
  move(tx, payout, 'PAYOUT_SUBMITTED', [{ kind: 'HOST_AVAILABLE', ownerId: payout.hostId }, TRANSIT]);

/** They have left our bank account. */
export const journalPayoutPaid = (tx: Transaction, payout: PayoutMove): Promise<Posted> =>
  move(tx, payout, 'PAYOUT_PAID', [TRANSIT, BANK]);

/** They did not arrive, or came back: they are available to the host again. */
export const journalPayoutReturned = async (tx: Transaction, payout: PayoutMove): Promise<Posted> => {
  const paid = await findJournalOf(tx, { ...sourceOf(payout), kind: 'PAYOUT_PAID' });
  const from = paid === null ? TRANSIT : BANK;
  return move(tx, payout, 'PAYOUT_RETURNED', [from, { kind: 'HOST_AVAILABLE', ownerId: payout.hostId }]);
};

const move = (
  tx: Transaction,
  payout: PayoutMove,
  kind: 'PAYOUT_SUBMITTED' | 'PAYOUT_PAID' | 'PAYOUT_RETURNED',
  [from, to]: [from: Entry['account'], to: Entry['account']],
): Promise<Posted> => {
  const { amountMinor, currency, at } = payout;
  const entries = [
    { account: from, amountMinor: -amountMinor, currency },
    { account: to, amountMinor, currency },
  ];
  return postJournal(tx, { ...sourceOf(payout), kind, eventAt: at, entries });
};
