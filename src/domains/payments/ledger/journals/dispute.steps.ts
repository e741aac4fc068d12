import type { Transaction } from '../../../../platform/db/client.ts';
import { lockAccounts } from '../account.writes.ts';
import { accountName } from '../chart.rules.ts';
import { givenToHost, type HostShare, openPurse, takenFromHost } from '../host-purse.steps.ts';
import { findJournalOf } from '../journal.reads.ts';
import type { Entry } from '../journal.rules.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';
import { returnedCredit } from '../returned-credit.steps.ts';
import type { Shares } from './capture.steps.ts';

export interface DisputedPayment {
  disputeId: string;
  paymentId: string;
  /** Whose earnings it became; null when it was not for a booking. */
  hostId: string | null;
  /** Whose credit it became; absent when it was no top-up. */
  walletOf?: string;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

const RESERVE = { kind: 'DISPUTE_RESERVE' } as const;
const COMMISSION = { kind: 'PLATFORM_COMMISSION' } as const;
const TAX = { kind: 'TAX_PAYABLE' } as const;
const PROMO = { kind: 'PROMO_EXPENSE' } as const;
const SUSPENSE = { kind: 'SUSPENSE' } as const;

/** The payment of a booking. */
type DisputedBooking = DisputedPayment & { hostId: string };

const shareOf = ({ hostId, paymentId, currency }: DisputedBooking): HostShare => ({ hostId, paymentId, currency });

/** A disputed booking's parts, with what the host gives back of what the platform paid for its promo code; minor units. */
type DisputedShares = DisputedBooking & Shares & { promoMinor?: bigint };

/**
 * A payer's bank wants the money back: everybody's part of it is set aside until that is decided, and the platform takes
 * back what it paid the host for its promo code.
 */
export const journalDisputeOpened = async (tx: Transaction, dispute: DisputedShares): Promise<Posted> => {
  const { currency, amountMinor, commissionMinor, taxMinor, promoMinor = 0n } = dispute;
  const share = shareOf(dispute);
  const purse = await openPurse(tx, share, [RESERVE, COMMISSION, TAX, ...(promoMinor > 0n ? [PROMO] : [])]);
  return postJournal(tx, {
    ...factOf(dispute, 'DISPUTE_OPENED'),
    entries: [
      ...takenFromHost(purse, share, amountMinor - commissionMinor - taxMinor + promoMinor),
      { account: COMMISSION, amountMinor: -commissionMinor, currency },
      { account: TAX, amountMinor: -taxMinor, currency },
      { account: PROMO, amountMinor: promoMinor, currency },
      { account: RESERVE, amountMinor, currency },
    ],
  });
};

/** A disputed payment of a subscription: the platform alone bears it. */
export const journalSubscriptionDisputeOpened = (
  tx: Transaction,
  dispute: DisputedPayment & Shares,
): Promise<Posted> => {
  const { currency, amountMinor, taxMinor } = dispute;
  return postJournal(tx, {
    ...factOf(dispute, 'DISPUTE_OPENED'),
    entries: [
      { account: COMMISSION, amountMinor: -(amountMinor - taxMinor), currency },
      { account: TAX, amountMinor: -taxMinor, currency },
      { account: RESERVE, amountMinor, currency },
    ],
  });
};

/** A disputed top-up: what is left of the credit is set aside, what is spent we may lose. */
export const journalTopUpDisputeOpened = async (
  tx: Transaction,
  dispute: DisputedPayment & Shares & { userId: string },
): Promise<Posted> => {
  const { userId, currency, amountMinor } = dispute;
  const wallet = { kind: 'ATTENDEE_WALLET', ownerId: userId } as const;
  const accounts = await lockAccounts(
    tx,
    [wallet, RESERVE, SUSPENSE].map((account) => ({ ...account, currency })),
  );
  const left = accounts.get(accountName({ ...wallet, currency }))?.spendableMinor ?? 0n;
  const taken = left < amountMinor ? left : amountMinor;
  return postJournal(tx, {
    ...factOf(dispute, 'DISPUTE_OPENED'),
    entries: [
      { account: wallet, amountMinor: -taken, currency },
      { account: SUSPENSE, amountMinor: -(amountMinor - taken), currency },
      { account: RESERVE, amountMinor, currency },
    ],
  });
};

/**
 * Decided for us, or withdrawn: what was set aside goes back to whose it was. The credit of a top-up goes back to its wallet,
 * less what had been spent of it and other credit has not covered meanwhile.
 */
export const journalDisputeWon = async (tx: Transaction, dispute: DisputedPayment): Promise<Posted> => {
  const setAside = await entriesOfOpening(tx, dispute.disputeId);
  const entries =
    dispute.walletOf === undefined
      ? await returnedToOthers(tx, dispute, setAside)
      : await returnedToWallet(tx, dispute, { userId: dispute.walletOf, setAside });
  return postJournal(tx, { ...factOf(dispute, 'DISPUTE_WON'), entries });
};

const returnedToWallet = async (
  tx: Transaction,
  { currency }: DisputedPayment,
  { userId, setAside }: { userId: string; setAside: readonly Entry[] },
): Promise<Entry[]> => {
  const amountMinor = reservedIn(setAside);
  return [
    { account: RESERVE, amountMinor: -amountMinor, currency },
    ...(await returnedCredit(tx, { userId, currency, amountMinor }, [RESERVE])),
  ];
};

const returnedToOthers = async (
  tx: Transaction,
  dispute: DisputedPayment,
  setAside: readonly Entry[],
): Promise<Entry[]> => {
  const { hostId } = dispute;
  const isHosts = ({ account }: Entry): boolean => hostId !== null && account.ownerId === hostId;
  const others = setAside.filter((entry) => !isHosts(entry));
  const fromHost = setAside.filter(isHosts).reduce((sum, { amountMinor }) => sum - amountMinor, 0n);
  return [
    ...(hostId === null ? [] : await returnedToHost(tx, { ...dispute, hostId }, { fromHost, others })),
    ...others.map((entry) => ({ ...entry, amountMinor: -entry.amountMinor })),
  ];
};

const returnedToHost = async (
  tx: Transaction,
  dispute: DisputedBooking,
  { fromHost, others }: { fromHost: bigint; others: readonly Entry[] },
): Promise<Entry[]> => {
  const share = shareOf(dispute);
  const accounts = others.map(({ account }) => account);
  return givenToHost(await openPurse(tx, share, accounts), share, fromHost);
};

/** What the state and the platform give back in the end, in minor units; as much as was set aside when absent. */
type LostDispute = DisputedPayment & { given?: Pick<Shares, 'commissionMinor' | 'taxMinor'> };

/**
 * Decided for the payer: the provider took what was set aside. Where refunds settled while the bank decided, less of the tax
 * and the commission is left to give back than was set aside: the difference is the host's.
 */
export const journalDisputeLost = async (tx: Transaction, dispute: LostDispute): Promise<Posted> => {
  const setAside = await entriesOfOpening(tx, dispute.disputeId);
  const reserved = reservedIn(setAside);
  const { hostId, currency, given } = dispute;
  const taken: Entry[] = [
    { account: RESERVE, amountMinor: -reserved, currency },
    { account: { kind: 'PSP_CLEARING' }, amountMinor: reserved, currency },
  ];
  const fact = factOf(dispute, 'DISPUTE_LOST');
  if (hostId === null || given === undefined) return postJournal(tx, { ...fact, entries: taken });
  const commission = -ofKind(setAside, COMMISSION.kind) - given.commissionMinor;
  const tax = -ofKind(setAside, TAX.kind) - given.taxMinor;
  if (commission === 0n && tax === 0n) return postJournal(tx, { ...fact, entries: taken });
  const others: Entry[] = [
    { account: COMMISSION, amountMinor: commission, currency },
    { account: TAX, amountMinor: tax, currency },
    ...taken,
  ];
  const borne = await borneByHost(tx, { ...dispute, hostId }, { amountMinor: commission + tax, others });
  return postJournal(tx, { ...fact, entries: [...borne, ...others] });
};

/** Takes an amount from the host of a disputed booking, or gives it when it is below zero. */
const borneByHost = async (
  tx: Transaction,
  dispute: DisputedBooking,
  { amountMinor, others }: { amountMinor: bigint; others: readonly Entry[] },
): Promise<Entry[]> => {
  const share = shareOf(dispute);
  const purse = await openPurse(
    tx,
    share,
    others.map(({ account }) => account),
  );
  return amountMinor < 0n ? givenToHost(purse, share, -amountMinor) : takenFromHost(purse, share, amountMinor);
};

const ofKind = (entries: readonly Entry[], kind: Entry['account']['kind']): bigint =>
  entries.reduce((sum, { account, amountMinor }) => (account.kind === kind ? sum + amountMinor : sum), 0n);

const reservedIn = (setAside: readonly Entry[]): bigint => ofKind(setAside, RESERVE.kind);

const factOf = <K extends string>({ disputeId, at }: DisputedPayment, kind: K) =>
  ({ sourceType: 'DISPUTE', sourceId: disputeId, kind, eventAt: at }) as const;

const entriesOfOpening = async (tx: Transaction, sourceId: string): Promise<Entry[]> => {
  const opening = await findJournalOf(tx, { sourceType: 'DISPUTE', sourceId, kind: 'DISPUTE_OPENED' });
  if (opening === null) throw new Error(`dispute ${sourceId} was not booked when it was opened`);
  return opening.entries;
};
