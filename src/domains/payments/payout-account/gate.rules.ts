import type { PayoutAccountStatus, PayoutHoldReason } from '../../../generated/prisma/enums.ts';

/** Nothing is paid to an account whose details were given or changed within this time. */
export const COOL_DOWN_MS = 72 * 3_600_000;

/** Why nothing is paid out. */
export interface Blocked {
  reason: PayoutHoldReason;
  message: string;
}

export interface Gate {
  status: PayoutAccountStatus;
  disabledAt: Date | null;
  detailsChangedAt: Date;
  /** An event of the host is being paid back. */
  hasMassRefund: boolean;
}

/** When an account whose details were changed then can be paid to. */
export const payableFrom = (detailsChangedAt: Date): Date => new Date(detailsChangedAt.getTime() + COOL_DOWN_MS);

/** What keeps earnings from leaving; null when nothing does. */
export const blockedBy = ({ status, disabledAt, detailsChangedAt, hasMassRefund }: Gate, now: Date): Blocked | null => {
  if (disabledAt !== null) return { reason: 'KYC_MISSING', message: 'The payout account is out of use.' };
  if (status !== 'VERIFIED') return { reason: 'KYC_MISSING', message: 'The payout account is not verified.' };
  const from = payableFrom(detailsChangedAt);
  if (now < from) {
    const message = `The payout account was changed: nothing is paid to it before ${from.toISOString()}.`;
    return { reason: 'ACCOUNT_CHANGED', message };
  }
  if (hasMassRefund) return { reason: 'MASS_REFUND', message: 'A cancelled event is being paid back.' };
  return null;
};
