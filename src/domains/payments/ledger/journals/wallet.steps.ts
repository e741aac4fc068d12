import type { Transaction } from '../../../../platform/db/client.ts';
import { lockAccounts } from '../account.writes.ts';
import { accountName } from '../chart.rules.ts';
import type { Entry } from '../journal.rules.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';
import { type CapturedBooking, earned } from './capture.steps.ts';

interface WalletMove {
  /** Whose wallet. */
  userId: string;
  amountMinor: bigint;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

const CLEARING = { kind: 'PSP_CLEARING' } as const;
const SUSPENSE = { kind: 'SUSPENSE' } as const;
const walletOf = (ownerId: string) => ({ kind: 'ATTENDEE_WALLET', ownerId }) as const;

/** From one account to another. */
const moved = (from: Entry['account'], to: Entry['account'], { amountMinor, currency }: WalletMove): Entry[] => [
  { account: from, amountMinor: -amountMinor, currency },
  { account: to, amountMinor, currency },
];

/** The provider took money that becomes credit. */
export const journalTopUp = (tx: Transaction, topUp: WalletMove & { paymentId: string }): Promise<Posted> =>
  postJournal(tx, {
    sourceType: 'PAYMENT',
    sourceId: topUp.paymentId,
    kind: 'WALLET_TOP_UP',
    eventAt: topUp.at,
    entries: moved(CLEARING, walletOf(topUp.userId), topUp),
  });

/**
 * A top-up goes back the way it came. What of it no hold set aside, because the provider sent it unasked or after it had
 * refused, is taken as far as the credit is not spent; the rest is ours to look into.
 * @param endHold ends the hold that had set the credit aside, once the journal stands and before the money moves
 */
export const journalTopUpRefund = async (
  tx: Transaction,
  refund: WalletMove & { refundId: string },
  endHold?: (journalId: string) => Promise<void>,
): Promise<Posted> => {
  const { refundId, userId, amountMinor, currency, at } = refund;
  const spentMinor = endHold === undefined ? await missingFrom(tx, refund) : 0n;
  const fact = { sourceType: 'REFUND', sourceId: refundId, kind: 'REFUND', eventAt: at } as const;
  const entries = [
    { account: walletOf(userId), amountMinor: spentMinor - amountMinor, currency },
    { account: SUSPENSE, amountMinor: -spentMinor, currency },
    { account: CLEARING, amountMinor, currency },
  ];
  return postJournal(tx, { ...fact, entries }, endHold);
};

/** What of an amount a wallet cannot give. All accounts of the journal are locked from here on. */
const missingFrom = async (tx: Transaction, { userId, amountMinor, currency }: WalletMove): Promise<bigint> => {
  const wallet = { ...walletOf(userId), currency };
  const others = [CLEARING, SUSPENSE].map((account) => ({ ...account, currency }));
  const left = (await lockAccounts(tx, [wallet, ...others])).get(accountName(wallet))?.spendableMinor ?? 0n;
  return amountMinor > left ? amountMinor - left : 0n;
};

export interface WalletSpend extends CapturedBooking {
  /** Whose wallet pays. */
  userId: string;
  /** What the platform pays the host for its promo code, in a journal that follows; nothing when absent. */
  platformDiscountMinor?: bigint;
}

/**
 * Credit pays for a booking.
 * @param endHold ends the hold that had set the credit aside, once the journal stands and before the money moves
 * @throws what the database refuses when the credit is not enough
 */
export const journalWalletSpend = (
  tx: Transaction,
  spend: WalletSpend,
  endHold?: (journalId: string) => Promise<void>,
): Promise<Posted> =>
  postJournal(
    tx,
    {
      sourceType: 'PAYMENT',
      sourceId: spend.paymentId,
      kind: 'WALLET_SPEND',
      eventAt: spend.at,
      entries: [
        { account: walletOf(spend.userId), amountMinor: -spend.amountMinor, currency: spend.currency },
        ...earned(spend),
      ],
    },
    endHold,
  );
