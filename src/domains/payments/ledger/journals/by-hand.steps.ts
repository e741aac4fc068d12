import type { Transaction } from '../../../../platform/db/client.ts';
import { type HostShare, madeAvailable, openPurse, type Purse, takenFromHost } from '../host-purse.steps.ts';
import type { Entry } from '../journal.rules.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';
import type { CapturedBooking } from './capture.steps.ts';
import type { SettledRefund } from './refund.steps.ts';

const COMMISSION = { kind: 'PLATFORM_COMMISSION' } as const;
const TAX = { kind: 'TAX_PAYABLE' } as const;
const PROMO = { kind: 'PROMO_EXPENSE' } as const;

/**
 * A host took the money of a booking by hand: they have all of it, and owe us commission and tax, which the next release
 * recovers.
 * @param description how and under which name the host took it, for the statement
 * @returns null when nothing of it is ours: then there is nothing to book
 */
export const journalTakenByHand = async (
  tx: Transaction,
  { paymentId, hostId, currency, commissionMinor, taxMinor, at }: CapturedBooking,
  description: string,
): Promise<Posted | null> => {
  const oursMinor = commissionMinor + taxMinor;
  if (oursMinor === 0n) return null;
  return postJournal(tx, {
    sourceType: 'PAYMENT',
    sourceId: paymentId,
    kind: 'CAPTURE',
    eventAt: at,
    description,
    entries: [
      { account: { kind: 'HOST_RECEIVABLE', ownerId: hostId }, amountMinor: -oursMinor, currency },
      { account: COMMISSION, amountMinor: commissionMinor, currency },
      { account: TAX, amountMinor: taxMinor, currency },
    ],
  });
};

/** What of a refund by hand moves in our books; minor units. The amount itself went from the host to the payer. */
export interface GivenByHand {
  commissionMinor: bigint;
  taxMinor: bigint;
  /** What the host gives back of what the platform paid for its promo code. */
  promoMinor: bigint;
}

/**
 * What a refund by hand moves for its host: commission and tax that were theirs to pay lower their debt, and are payable to
 * them where that is paid off; what the platform paid for its promo code is taken from what the payment has pending first.
 */
export const settledByHand = (
  purse: Pick<Purse, 'pendingMinor' | 'availableMinor' | 'owedMinor'>,
  share: Pick<HostShare, 'hostId' | 'currency'>,
  { commissionMinor, taxMinor, promoMinor }: GivenByHand,
): Entry[] => {
  const pending = purse.pendingMinor > promoMinor ? promoMinor : purse.pendingMinor;
  const net = commissionMinor + taxMinor - (promoMinor - pending);
  return [
    { account: { kind: 'HOST_PENDING', ownerId: share.hostId }, amountMinor: -pending, currency: share.currency },
    ...(net >= 0n ? madeAvailable(purse, share, net) : takenFromHost({ ...purse, pendingMinor: 0n }, share, -net)),
  ];
};

/**
 * A host paid money of a booking back by hand: the platform and the state give their parts back to the host.
 * @param description under which name the host paid it back, for the statement
 * @returns null when nothing of it was ours
 */
export const journalRefundByHand = async (
  tx: Transaction,
  refund: Omit<SettledRefund, 'to'>,
  description: string,
): Promise<Posted | null> => {
  const { refundId, paymentId, hostId, currency, commissionMinor, taxMinor, promoMinor = 0n, at } = refund;
  if (commissionMinor + taxMinor + promoMinor === 0n) return null;
  const share = { hostId, currency, paymentId };
  const purse = await openPurse(tx, share, [COMMISSION, TAX, ...(promoMinor > 0n ? [PROMO] : [])]);
  return postJournal(tx, {
    sourceType: 'REFUND',
    sourceId: refundId,
    kind: 'REFUND',
    eventAt: at,
    description,
    entries: [
      ...settledByHand(purse, share, { commissionMinor, taxMinor, promoMinor }),
      { account: COMMISSION, amountMinor: -commissionMinor, currency },
      { account: TAX, amountMinor: -taxMinor, currency },
      { account: PROMO, amountMinor: promoMinor, currency },
    ],
  });
};
