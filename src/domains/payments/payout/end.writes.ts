import type { Applying } from '../applying/applying.steps.ts';
import { payoutFailed, payoutPaid, payoutReturned } from '../facts.ts';
import { journalPayoutPaid, journalPayoutReturned } from '../ledger/journals/payout.steps.ts';
import type { PayoutRow } from './payout.reads.ts';
import { booked, told } from './told.rules.ts';

type Ending = Pick<Applying, 'tx' | 'record' | 'now'>;

/** The money arrived. @param payout locked, and submitted */
export const markPaid = async ({ tx, record, now }: Ending, payout: PayoutRow, ref: string): Promise<void> => {
  await journalPayoutPaid(tx, booked(payout, now));
  await tx.payout.update({
    where: { id: payout.id },
    data: { status: 'PAID', paidAt: now, providerPayoutId: ref, failureMessage: null, updatedAt: now },
    select: { id: true },
  });
  await tx.payoutItem.updateMany({ where: { payoutId: payout.id }, data: { state: 'PAID' } });
  await record(payoutPaid, told(payout));
};

/** The money came back: it is available again, and its items may be paid once more. @param payout locked, and submitted */
export const markReturned = async ({ tx, record, now }: Ending, payout: PayoutRow, ref: string): Promise<void> => {
  await journalPayoutReturned(tx, booked(payout, now));
  await tx.payout.update({
    where: { id: payout.id },
    data: { status: 'RETURNED', returnedAt: now, providerPayoutId: ref, updatedAt: now },
    select: { id: true },
  });
  await freeItems({ tx }, payout.id);
  await record(payoutReturned, told(payout));
};

/**
 * The money never left: its items may be paid once more.
 * @param payout locked; when it was submitted, what its attempt booked is booked back under the same attempt
 */
export const markFailed = async ({ tx, record, now }: Ending, payout: PayoutRow, message: string): Promise<void> => {
  if (WAS_SUBMITTED.has(payout.status)) await journalPayoutReturned(tx, booked(payout, now));
  await tx.payout.update({
    where: { id: payout.id },
    data: { status: 'FAILED', failureMessage: message.slice(0, 500), updatedAt: now },
    select: { id: true },
  });
  await freeItems({ tx }, payout.id);
  await record(payoutFailed, { ...told(payout), message: message.slice(0, 500) });
};

const WAS_SUBMITTED: ReadonlySet<PayoutRow['status']> = new Set(['SUBMITTING', 'UNKNOWN', 'IN_TRANSIT']);

const freeItems = async ({ tx }: Pick<Ending, 'tx'>, payoutId: string): Promise<void> => {
  await tx.payoutItem.updateMany({ where: { payoutId, state: { not: 'FREED' } }, data: { state: 'FREED' } });
};
