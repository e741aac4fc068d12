import type { Transaction } from '../../../../platform/db/client.ts';
import { givenToHost, openPurse, takenFromHost } from '../host-purse.ts';
import { findJournalOf } from '../journal.reads.ts';
import type { Entry } from '../journal.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';
import type { Shares } from './capture.ts';

export interface DisputedPayment {
  disputeId: string;
  paymentId: string;
  hostId: string;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

const RESERVE = { kind: 'DISPUTE_RESERVE' } as const;
const COMMISSION = { kind: 'PLATFORM_COMMISSION' } as const;
const TAX = { kind: 'TAX_PAYABLE' } as const;

const shareOf = ({ hostId, paymentId, currency }: DisputedPayment) =>
  ({ hostId, currency, source: { type: 'PAYMENT', id: paymentId } }) as const;

/** A payer's bank wants the money back: everybody's part of it is set aside until that is decided. */
export const journalDisputeOpened = async (tx: Transaction, dispute: DisputedPayment & Shares): Promise<Posted> => {
  const { currency, amountMinor, commissionMinor, taxMinor } = dispute;
  const share = shareOf(dispute);
  const purse = await openPurse(tx, share, [RESERVE, COMMISSION, TAX]);
  return postJournal(tx, {
    ...factOf(dispute, 'DISPUTE_OPENED'),
    entries: [
      ...takenFromHost(purse, share, amountMinor - commissionMinor - taxMinor),
      { account: COMMISSION, amountMinor: -commissionMinor, currency },
      { account: TAX, amountMinor: -taxMinor, currency },
      { account: RESERVE, amountMinor, currency },
    ],
  });
};

/** Decided for the host, or withdrawn: what was set aside goes back to whose it was. */
export const journalDisputeWon = async (tx: Transaction, dispute: DisputedPayment): Promise<Posted> => {
  const share = shareOf(dispute);
  const purse = await openPurse(tx, share, [RESERVE, COMMISSION, TAX]);
  const setAside = await entriesOfOpening(tx, dispute.disputeId);
  const isHosts = ({ account }: Entry): boolean => account.ownerId !== undefined;
  const fromHost = setAside.filter(isHosts).reduce((sum, { amountMinor }) => sum - amountMinor, 0n);
  return postJournal(tx, {
    ...factOf(dispute, 'DISPUTE_WON'),
    entries: [
      ...givenToHost(purse, share, fromHost),
      ...setAside.filter((entry) => !isHosts(entry)).map((entry) => ({ ...entry, amountMinor: -entry.amountMinor })),
    ],
  });
};

/** Decided for the payer: the provider took what was set aside. */
export const journalDisputeLost = async (tx: Transaction, dispute: DisputedPayment): Promise<Posted> => {
  const setAside = await entriesOfOpening(tx, dispute.disputeId);
  const reserved = setAside.find(({ account }) => account.kind === RESERVE.kind)?.amountMinor ?? 0n;
  return postJournal(tx, {
    ...factOf(dispute, 'DISPUTE_LOST'),
    entries: [
      { account: RESERVE, amountMinor: -reserved, currency: dispute.currency },
      { account: { kind: 'PSP_CLEARING' }, amountMinor: reserved, currency: dispute.currency },
    ],
  });
};

const factOf = <K extends string>({ disputeId, at }: DisputedPayment, kind: K) =>
  ({ sourceType: 'DISPUTE', sourceId: disputeId, kind, eventAt: at }) as const;

const entriesOfOpening = async (tx: Transaction, sourceId: string): Promise<Entry[]> => {
  const opening = await findJournalOf(tx, { sourceType: 'DISPUTE', sourceId, kind: 'DISPUTE_OPENED' });
  if (opening === null) throw new Error(`dispute ${sourceId} was not booked when it was opened`);
  return opening.entries;
};
