import type { LedgerAccountKind, LedgerSide } from '../../../generated/prisma/enums.ts';

/** Names one account of the books: whose, of what kind, in which currency. */
export interface AccountKey {
  kind: LedgerAccountKind;
  /** The person; absent for the platform's own accounts. */
  ownerId?: string;
  /** ISO 4217. */
  currency: string;
}

interface Nature {
  normalSide: LedgerSide;
  /** Whether it belongs to one person. */
  isOwned: boolean;
  /** Whether the database lets its balance, credit positive, fall below zero. */
  allowNegative: boolean;
  /** Whether it is kept in 16 rows, so that transactions at the same time do not wait for one. */
  isInParts: boolean;
}

const asset: Nature = { normalSide: 'DEBIT', isOwned: false, allowNegative: true, isInParts: false };
/** Touched by most captures. */
const busyAsset: Nature = { ...asset, isInParts: true };
const owed: Nature = { normalSide: 'CREDIT', isOwned: true, allowNegative: false, isInParts: false };
/** Holds what was put there before, never less than nothing: in parts one could lack what another has. */
const passing: Nature = { normalSide: 'CREDIT', isOwned: false, allowNegative: false, isInParts: false };
/** A refund may take back more than is there: income of earlier months was moved out long ago. */
const income: Nature = { normalSide: 'CREDIT', isOwned: false, allowNegative: true, isInParts: true };

/** The chart of accounts. Credit is positive, so assets and expenses run negative. */
export const NATURES: Readonly<Record<LedgerAccountKind, Nature>> = {
  PSP_CLEARING: busyAsset,
  BANK: asset,
  PSP_FEE_EXPENSE: busyAsset,
  PROMO_EXPENSE: busyAsset,
  FX_LIQUIDITY: asset,
  SUSPENSE: asset,
  HOST_RECEIVABLE: { normalSide: 'DEBIT', isOwned: true, allowNegative: true, isInParts: false },
  ATTENDEE_WALLET: owed,
  HOST_PENDING: owed,
  HOST_AVAILABLE: owed,
  PAYOUT_IN_TRANSIT: passing,
  DISPUTE_RESERVE: passing,
  SUBSCRIPTION_DEFERRED: passing,
  PLATFORM_COMMISSION: income,
  TAX_PAYABLE: income,
};

/** One string per account, to find it in maps and to order opens. */
export const accountName = ({ kind, ownerId, currency }: AccountKey): string => `${kind}/${ownerId ?? ''}/${currency}`;

/** @throws Error when a person's account lacks its owner, or the platform's has one: the caller's mistake */
export const refuseWrongOwner = (key: AccountKey): void => {
  if (NATURES[key.kind].isOwned !== (key.ownerId !== undefined)) {
    throw new Error(`account ${accountName(key)}: ${NATURES[key.kind].isOwned ? 'needs an owner' : 'has no owner'}`);
  }
};
