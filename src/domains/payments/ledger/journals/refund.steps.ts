import type { Transaction } from '../../../../platform/db/client.ts';
import { openPurse, takenFromHost } from '../host-purse.steps.ts';
import type { Entry } from '../journal.rules.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';
import { creditAccounts, returnedCredit } from '../returned-credit.steps.ts';
import type { Shares } from './capture.steps.ts';

export interface SettledRefund extends Shares {
  refundId: string;
  /** The payment that is given back. */
  paymentId: string;
  hostId: string;
  /** ISO 4217. */
  currency: string;
  /** Where the money goes: back the way it came, or into this person's wallet. */
  to: 'PROVIDER' | { walletOf: string };
  /** What the host gives back besides, of what the platform paid for its promo code; nothing when absent. */
  promoMinor?: bigint;
  at: Date;
}

const CLEARING = { kind: 'PSP_CLEARING' } as const;
const COMMISSION = { kind: 'PLATFORM_COMMISSION' } as const;
const TAX = { kind: 'TAX_PAYABLE' } as const;
const PROMO = { kind: 'PROMO_EXPENSE' } as const;

/**
 * Money of a booking went back to its payer. The platform and the state give their parts; the host's part, and with it
 * what the platform had paid the host for its promo code, is taken from what the payment has pending, then from what is
 * available to the host, and what is not there is owed.
 */
export const journalRefund = async (tx: Transaction, refund: SettledRefund): Promise<Posted> => {
  const { refundId, paymentId, hostId, currency, amountMinor, commissionMinor, taxMinor, promoMinor = 0n, at } = refund;
  const share = { hostId, currency, paymentId };
  const others = [COMMISSION, TAX, ...payerAccounts(refund.to), ...(promoMinor > 0n ? [PROMO] : [])];
  const purse = await openPurse(tx, share, others);
  return postJournal(tx, {
    sourceType: 'REFUND',
    sourceId: refundId,
    kind: 'REFUND',
    eventAt: at,
    entries: [
      ...takenFromHost(purse, share, amountMinor - commissionMinor - taxMinor + promoMinor),
      { account: COMMISSION, amountMinor: -commissionMinor, currency },
      { account: TAX, amountMinor: -taxMinor, currency },
      { account: PROMO, amountMinor: promoMinor, currency },
      ...(await toPayer(tx, refund)),
    ],
  });
};

const payerAccounts = (to: SettledRefund['to']): Entry['account'][] =>
  to === 'PROVIDER' ? [CLEARING] : creditAccounts(to.walletOf);

/** Run once all accounts of the journal are locked. */
const toPayer = async (tx: Transaction, { to, amountMinor, currency }: SettledRefund): Promise<Entry[]> =>
  to === 'PROVIDER'
    ? [{ account: CLEARING, amountMinor, currency }]
    : returnedCredit(tx, { userId: to.walletOf, currency, amountMinor }, []);
