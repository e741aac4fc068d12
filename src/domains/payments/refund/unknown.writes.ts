import type { Transaction } from '../../../platform/db/client.ts';
import { refundRequested } from '../facts.ts';
import type { Applying } from '../webhook/applying.ts';

/** The provider did not answer: whether it sends the money nobody knows yet. */
export const markUnknown = async ({ tx, now }: Pick<Applying, 'tx' | 'now'>, refundId: string): Promise<void> => {
  await tx.refund.updateMany({
    where: { id: refundId, status: 'REQUESTED' },
    data: { status: 'UNKNOWN', submittedAt: now, updatedAt: now },
  });
};

/** The provider proved not to have it: it is asked for anew, under a new key. */
export const askAnew = async (
  { tx, record, now }: Pick<Applying, 'tx' | 'record' | 'now'>,
  refundId: string,
): Promise<void> => {
  const { count } = await tx.refund.updateMany({
    where: { id: refundId, status: { in: ['UNKNOWN', 'REQUESTED'] } },
    data: { status: 'REQUESTED', attempt: { increment: 1 }, updatedAt: now },
  });
  if (count === 1) await record(refundRequested, { refundId });
};

/** Notes that the provider was asked just now, so that those who wait longest are asked first. */
export const noteRefundAsked = async (tx: Transaction, refundId: string, now: Date): Promise<void> => {
  await tx.refund.updateMany({ where: { id: refundId }, data: { updatedAt: now } });
};
