import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { newId } from '../../../platform/ids.ts';
import { payoutLocked } from '../facts.ts';
import { lockAccounts } from '../ledger/account.writes.ts';
import type { PayoutRow } from './payout.reads.ts';
import { type Unpaid, unpaidEarnings } from './unpaid.reads.ts';

export interface PayoutDraft {
  hostId: string;
  /** Where it goes; in the same currency. */
  accountId: string;
  /** ISO 4217. */
  currency: string;
  provider: PaymentProvider;
  now: Date;
}

/**
 * Makes a payout of everything that no other one has, and freezes what it is made of. Of two at once for one host, the
 * second waits and finds nothing left.
 * @returns null when there is nothing to pay
 */
export const openPayout = async (
  tx: Transaction,
  record: RecordFact,
  draft: PayoutDraft,
): Promise<PayoutRow | null> => {
  const { hostId, currency } = draft;
  await lockAccounts(tx, [{ kind: 'HOST_AVAILABLE', ownerId: hostId, currency }]);
  const unpaid = await unpaidEarnings(tx, { hostId, currency });
  const amount = unpaid.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  if (amount <= 0n) return null;
  const { id } = await insertDraft(tx, { ...draft, amount, unpaid });
  const locked = await tx.payout.update({ where: { id }, data: { status: 'LOCKED', updatedAt: draft.now } });
  await record(payoutLocked, { payoutId: id });
  return locked;
};

const insertDraft = async (
  tx: Transaction,
  { hostId, accountId, currency, provider, now, amount, unpaid }: PayoutDraft & { amount: bigint; unpaid: Unpaid[] },
): Promise<PayoutRow> => {
  const times = { scheduledFor: now, createdAt: now, updatedAt: now };
  const payout = await tx.payout.create({
    data: { id: newId(), hostId, accountId, amount, currency, provider, ...times },
  });
  await tx.payoutItem.createMany({
    data: unpaid.map(({ amountMinor, ...item }) => ({
      ...item,
      id: newId(),
      payoutId: payout.id,
      hostId,
      amount: amountMinor,
      currency,
      createdAt: now,
    })),
  });
  return payout;
};
