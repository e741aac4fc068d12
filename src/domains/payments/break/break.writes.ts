import type { BreakKind, PaymentProvider } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';

export interface Break {
  provider: PaymentProvider;
  kind: BreakKind;
  /** The provider's id of what differs. */
  reference: string;
  paymentId?: string | null;
  expectedMinor?: bigint;
  reportedMinor?: bigint;
  currency: string;
  now: Date;
  /** The day it belongs to, when it is not today's. */
  day?: Date;
  reason?: string;
}

const dayOf = (time: Date): Date => new Date(`${time.toISOString().slice(0, 10)}T00:00:00Z`);

/** Writes a difference down, once a day and kind: it stays open until a person has explained it. */
export const noteBreak = async (tx: Transaction, found: Break): Promise<void> => {
  const { provider, kind, reference, paymentId, expectedMinor, reportedMinor, currency, now, day, reason } = found;
  await tx.reconciliationBreak.createMany({
    data: {
      id: newId(),
      provider,
      kind,
      reference,
      reportDate: day ?? dayOf(now),
      paymentId: paymentId ?? null,
      expectedAmount: expectedMinor ?? null,
      reportedAmount: reportedMinor ?? null,
      currency,
      note: reason ?? null,
      createdAt: now,
    },
    skipDuplicates: true,
  });
};

/** Closes every open difference about a thing of a payment that has been seen to. */
export const closeBreaks = async (
  tx: Transaction,
  { paymentId, reference, note, now }: { paymentId: string; reference: string; note: string; now: Date },
): Promise<void> => {
  await tx.reconciliationBreak.updateMany({
    where: { paymentId, reference, status: 'OPEN' },
    data: { status: 'EXPLAINED', note, resolvedAt: now },
  });
};

interface Resolution {
  id: string;
  status: 'EXPLAINED' | 'CORRECTED';
  note: string;
  journalId: string | null;
  resolvedById: string;
  now: Date;
}

/** Closes a difference. @returns false when it was closed before */
export const resolveBreak = async (tx: Transaction, resolution: Resolution): Promise<boolean> => {
  const { id, status, note, journalId, resolvedById, now } = resolution;
  const { count } = await tx.reconciliationBreak.updateMany({
    where: { id, status: 'OPEN' },
    data: { status, note, journalId, resolvedById, resolvedAt: now },
  });
  return count === 1;
};
