import type { Transaction } from '../../../../platform/db/client.ts';
import type { Entry } from '../journal.rules.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';

/** How a payment's money parts: what the host has of it is the rest. Minor units of one currency. */
export interface Shares {
  amountMinor: bigint;
  commissionMinor: bigint;
  taxMinor: bigint;
}

export interface CapturedBooking extends Shares {
  paymentId: string;
  hostId: string;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

/** The provider took money for a booking: it owes us all of it, and we owe the host, the state and ourselves. */
export const journalCapture = (tx: Transaction, captured: CapturedBooking): Promise<Posted> =>
  postJournal(tx, {
    sourceType: 'PAYMENT',
    sourceId: captured.paymentId,
    kind: 'CAPTURE',
    eventAt: captured.at,
    entries: [
      { account: { kind: 'PSP_CLEARING' }, amountMinor: -captured.amountMinor, currency: captured.currency },
      ...earned(captured),
    ],
  });

/** The credit side of money that came in for a booking, however it was paid. */
export const earned = ({ hostId, currency, amountMinor, commissionMinor, taxMinor }: CapturedBooking): Entry[] => [
  {
    account: { kind: 'HOST_PENDING', ownerId: hostId },
    amountMinor: amountMinor - commissionMinor - taxMinor,
    currency,
  },
  { account: { kind: 'PLATFORM_COMMISSION' }, amountMinor: commissionMinor, currency },
  { account: { kind: 'TAX_PAYABLE' }, amountMinor: taxMinor, currency },
];
