import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import type { Applying } from '../applying/applying.steps.ts';
import { hasMassRefund } from '../earning/due.reads.ts';
import { payoutLocked } from '../facts.ts';
import { lockAccounts } from '../ledger/account.writes.ts';
import { type AccountKey, accountName } from '../ledger/chart.rules.ts';
import { journalPayoutReturned, journalPayoutSubmitted } from '../ledger/journals/payout.steps.ts';
import { blockedBy } from '../payout-account/gate.rules.ts';
import { lockPayoutAccount } from '../payout-account/lock.writes.ts';
import type { TransferOrder } from '../provider/orders.rules.ts';
import { destinationOf } from './destination.reads.ts';
import { markFailed } from './end.writes.ts';
import { holdPayout } from './hold.writes.ts';
import { lockPayout } from './lock.writes.ts';
import type { PayoutRow } from './payout.reads.ts';
import { booked, keyOf } from './told.rules.ts';

/**
 * Takes the money out of what is available and marks the payout as being submitted: only after this has committed may the
 * provider be called.
 * @returns what to ask of the provider; null when the payout does not leave now
 */
export const beginSubmitting = async (
  applying: Applying,
  subjectKeys: Pick<SubjectKeys, 'decryptFor'>,
  payoutId: string,
): Promise<TransferOrder | null> => {
  const { tx, now } = applying;
  const payout = await lockPayout(tx, payoutId);
  if (payout?.status !== 'LOCKED' || payout.provider !== applying.provider) return null;
  const destination = await openGate(applying, subjectKeys, payout);
  if (destination === null) return null;
  if (!(await isFunded(applying, payout))) return null;
  await journalPayoutSubmitted(tx, booked(payout, now));
  const data = { status: 'SUBMITTING', submittedAt: now, updatedAt: now } as const;
  await tx.payout.update({ where: { id: payoutId }, data, select: { id: true } });
  return { key: keyOf(payout), destination, amountMinor: payout.amount, currency: payout.currency };
};

/** Where the money goes; null, and the payout on hold, when something keeps it. */
const openGate = async (
  { tx, now }: Applying,
  subjectKeys: Pick<SubjectKeys, 'decryptFor'>,
  { id, accountId, hostId, provider }: PayoutRow,
): Promise<string | null> => {
  // Nobody changes it before the payout has left: what was verified is what is paid to.
  const account = await lockPayoutAccount(tx, accountId);
  if (account === null) throw new Error(`payout ${id} goes to no account`);
  const blocked = blockedBy({ ...account, hasMassRefund: await hasMassRefund(tx, hostId) }, now);
  if (blocked) {
    await holdPayout(tx, { id, ...blocked, now });
    return null;
  }
  const destination = await destinationOf(tx, subjectKeys, { account, provider });
  if (destination === null) {
    await holdPayout(tx, { id, reason: 'KYC_MISSING', message: 'The provider cannot send to this account.', now });
  }
  return destination;
};

/** A refund may have taken what was frozen: then the payout gives its items back, and the next one counts anew. */
const isFunded = async (applying: Applying, payout: PayoutRow): Promise<boolean> => {
  const { hostId: ownerId, currency } = payout;
  const available: AccountKey = { kind: 'HOST_AVAILABLE', ownerId, currency };
  const accounts = await lockAccounts(applying.tx, [available, { kind: 'PAYOUT_IN_TRANSIT', currency }]);
  if ((accounts.get(accountName(available))?.spendableMinor ?? 0n) >= payout.amount) return true;
  await markFailed(applying, payout, 'Less is available than when it was made.');
  return false;
};

/** The provider did not answer: whether the money is on its way nobody knows yet. */
export const markUnknown = async (
  { tx, now }: Pick<Applying, 'tx' | 'now'>,
  { id, attempt }: Pick<PayoutRow, 'id' | 'attempt'>,
): Promise<void> => {
  await tx.payout.updateMany({
    where: { id, attempt, status: 'SUBMITTING' },
    data: { status: 'UNKNOWN', updatedAt: now },
  });
};

/** The provider refused for good. @returns false when another answer was faster */
export const refuseTransfer = async (
  applying: Applying,
  { id, attempt }: Pick<PayoutRow, 'id' | 'attempt'>,
  message: string,
): Promise<boolean> => {
  const payout = await lockPayout(applying.tx, id);
  if (payout?.status !== 'SUBMITTING' || payout.attempt !== attempt) return false;
  await markFailed(applying, payout, message);
  return true;
};

/**
 * The provider proved not to have the transfer: what its attempt booked is booked back, and the payout is submitted anew,
 * under a new key.
 */
export const tryAnew = async (
  { tx, record, now }: Applying,
  { id, attempt }: Pick<PayoutRow, 'id' | 'attempt'>,
): Promise<boolean> => {
  const payout = await lockPayout(tx, id);
  if (payout?.status !== 'UNKNOWN' || payout.attempt !== attempt) return false;
  await journalPayoutReturned(tx, booked(payout, now));
  const data = { status: 'LOCKED', attempt: attempt + 1, updatedAt: now } as const;
  await tx.payout.update({ where: { id }, data, select: { id: true } });
  await record(payoutLocked, { payoutId: id });
  return true;
};

/** Notes that the provider was asked just now, so that those who wait longest are asked first. */
export const noteAsked = async ({ tx, now }: Pick<Applying, 'tx' | 'now'>, id: string): Promise<void> => {
  await tx.payout.updateMany({ where: { id }, data: { updatedAt: now } });
};
