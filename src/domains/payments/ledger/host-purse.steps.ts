import type { Transaction } from '../../../platform/db/client.ts';
import { type LockedAccount, lockAccounts } from './account.writes.ts';
import { accountName } from './chart.rules.ts';
import type { Entry } from './journal.rules.ts';
import { findRelease, pendingOf, type Release } from './pending.reads.ts';

/** Whose earnings are touched, and which payment's. */
export interface HostShare {
  hostId: string;
  paymentId: string;
  /** ISO 4217. */
  currency: string;
}

export interface Purse {
  /** What this payment still has in the pending earnings. */
  pendingMinor: bigint;
  /** What the host could be paid now. */
  availableMinor: bigint;
  /** What the host owes us. */
  owedMinor: bigint;
  /** Null while the payment waits for the event. */
  release: Release | null;
}

const PURSE = ['HOST_PENDING', 'HOST_AVAILABLE', 'HOST_RECEIVABLE'] as const;

/** The accounts in which somebody's share of another host's earnings ends: what is payable, and what it first pays back. */
export const purseOf = (ownerId: string): Entry['account'][] => [
  { kind: 'HOST_AVAILABLE', ownerId },
  { kind: 'HOST_RECEIVABLE', ownerId },
];

/** What somebody owes us, as a positive number. Lock all accounts of the journal before. */
export const owedBy = async (tx: Transaction, ownerId: string, currency: string): Promise<bigint> => {
  const key = { kind: 'HOST_RECEIVABLE', ownerId, currency } as const;
  return -((await lockAccounts(tx, [key])).get(accountName(key))?.postedMinor ?? 0n);
};

/**
 * Locks the host's three accounts, with all others that the journal will touch, and tells what is in them.
 * @param others the other accounts of the same journal: all are locked together, in one order
 */
export const openPurse = async (
  tx: Transaction,
  { hostId, paymentId, currency }: HostShare,
  others: readonly Entry['account'][],
): Promise<Purse> => {
  const owned = PURSE.map((kind) => ({ kind, ownerId: hostId, currency }));
  const accounts = await lockAccounts(tx, [...owned, ...others.map((account) => ({ ...account, currency }))]);
  const of = (kind: (typeof PURSE)[number]): LockedAccount | undefined =>
    accounts.get(accountName({ kind, ownerId: hostId, currency }));
  return {
    pendingMinor: await pendingOf(tx, paymentId),
    availableMinor: of('HOST_AVAILABLE')?.spendableMinor ?? 0n,
    owedMinor: -(of('HOST_RECEIVABLE')?.postedMinor ?? 0n),
    release: await findRelease(tx, paymentId),
  };
};

const lower = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const atLeastNothing = (amount: bigint): bigint => (amount > 0n ? amount : 0n);

/**
 * Takes an amount from a host: first what this payment has pending, then what is available, and what is not there is owed,
 * to be recovered from the next release.
 */
export const takenFromHost = (
  purse: Pick<Purse, 'pendingMinor' | 'availableMinor'>,
  { hostId: ownerId, currency }: Pick<HostShare, 'hostId' | 'currency'>,
  amountMinor: bigint,
): Entry[] => {
  const pending = lower(amountMinor, atLeastNothing(purse.pendingMinor));
  const available = lower(amountMinor - pending, atLeastNothing(purse.availableMinor));
  return [
    { account: { kind: 'HOST_PENDING', ownerId }, amountMinor: -pending, currency },
    { account: { kind: 'HOST_AVAILABLE', ownerId }, amountMinor: -available, currency },
    { account: { kind: 'HOST_RECEIVABLE', ownerId }, amountMinor: -(amountMinor - pending - available), currency },
  ];
};

/** What of an amount that becomes payable pays back what the host owes. */
export const recoveredFrom = (purse: Pick<Purse, 'owedMinor'>, amountMinor: bigint): bigint =>
  lower(amountMinor, atLeastNothing(purse.owedMinor));

/** Makes an amount payable, after what the host owes has been recovered from it. */
export const madeAvailable = (
  purse: Pick<Purse, 'owedMinor'>,
  { hostId: ownerId, currency }: Pick<HostShare, 'hostId' | 'currency'>,
  amountMinor: bigint,
): Entry[] => {
  const recovered = recoveredFrom(purse, amountMinor);
  return [
    { account: { kind: 'HOST_RECEIVABLE', ownerId }, amountMinor: recovered, currency },
    { account: { kind: 'HOST_AVAILABLE', ownerId }, amountMinor: amountMinor - recovered, currency },
  ];
};

/** Gives an amount back to a host: to pending while its payment waits for the event, else as a release would. */
export const givenToHost = (purse: Purse, share: HostShare, amountMinor: bigint): Entry[] => {
  if (purse.release !== null) return madeAvailable(purse, share, amountMinor);
  const account = { kind: 'HOST_PENDING', ownerId: share.hostId } as const;
  return [{ account, amountMinor, currency: share.currency }];
};
