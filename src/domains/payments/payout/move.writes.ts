import { z } from 'zod';
import type { BreakKind } from '../../../generated/prisma/enums.ts';
import type { Applying, Outcome } from '../applying/applying.steps.ts';
import { noteBreak } from '../break/break.writes.ts';
import type { ProviderTransfer } from '../provider/provider.ts';
import { markFailed, markPaid, markReturned } from './end.writes.ts';
import { lockPayout } from './lock.writes.ts';
import type { PayoutRow } from './payout.reads.ts';

/** What a provider says of a transfer, whether it came by webhook, as an answer, or when we asked later. */
export interface TransferNews extends ProviderTransfer {
  /** `{payoutId}:{attempt}` */
  key: string;
}

const Key = z.string().regex(/^[0-9a-f-]{36}:[1-9]\d{0,8}$/);

const IN_FLIGHT: ReadonlySet<PayoutRow['status']> = new Set(['SUBMITTING', 'UNKNOWN', 'IN_TRANSIT']);
/** Not only ours to decide, but nothing was sent under this attempt. */
const NEVER_SENT: ReadonlySet<PayoutRow['status']> = new Set(['DRAFT', 'LOCKED', 'ON_HOLD']);

/**
 * Moves a payout to where its provider says its transfer is. Repeats do nothing, and of any order the outcome is the same:
 * what came back has come back. What cannot be is written down as a difference and changes nothing.
 */
export const moveTransfer = async (applying: Applying, news: TransferNews): Promise<Outcome> => {
  const [payoutId, attempt] = Key.safeParse(news.key).data?.split(':') ?? [];
  const payout = payoutId === undefined ? null : await lockPayout(applying.tx, payoutId);
  if (payout?.provider !== applying.provider) return ignored(`no payout ${news.key} is known`);
  const misfit = misfitOf(payout, news, Number(attempt));
  if (misfit !== null) return differs(applying, payout, { ...misfit, news });
  const isMoved = await advance(applying, payout, news);
  return { status: isMoved ? 'PROCESSED' : 'IGNORED', paymentId: null };
};

const ignored = (reason: string): Outcome => ({ status: 'IGNORED', paymentId: null, reason });

interface Misfit {
  kind: BreakKind;
  reason: string;
}

const misfitOf = (payout: PayoutRow, news: TransferNews, attempt: number): Misfit | null => {
  if (news.currency !== payout.currency) {
    return { kind: 'CURRENCY_DIFFERS', reason: `currency: ${news.currency} instead of ${payout.currency}` };
  }
  if (news.amountMinor !== payout.amount) {
    return { kind: 'AMOUNT_DIFFERS', reason: `amountMinor: ${news.amountMinor} instead of ${payout.amount}` };
  }
  const isGone = news.status === 'FAILED' || news.status === 'RETURNED';
  if (attempt !== payout.attempt || NEVER_SENT.has(payout.status)) {
    return isGone ? null : { kind: 'MISSING_HERE', reason: `attempt ${attempt} was taken not to exist: paid twice?` };
  }
  if (payout.status === 'FAILED' && !isGone) {
    return { kind: 'STATUS_DIFFERS', reason: `${news.status} after it was refused: its earnings may be paid twice` };
  }
  return null;
};

const differs = async (
  { tx, provider, now }: Applying,
  payout: PayoutRow,
  { kind, reason, news }: Misfit & { news: TransferNews },
): Promise<Outcome> => {
  await noteBreak(tx, {
    ...{ provider, kind, now },
    reference: news.transferRef,
    expectedMinor: payout.amount,
    reportedMinor: news.amountMinor,
    currency: news.currency,
    reason: `payout ${news.key}: ${reason}`,
  });
  return { status: 'QUARANTINED', paymentId: null, reason };
};

const advance = async (applying: Applying, payout: PayoutRow, news: TransferNews): Promise<boolean> => {
  const { transferRef: ref } = news;
  const isInFlight = IN_FLIGHT.has(payout.status);
  if (news.key !== `${payout.id}:${payout.attempt}`) return false;
  if (news.status === 'IN_TRANSIT')
    return isInFlight && payout.status !== 'IN_TRANSIT' && underWay(applying, payout, ref);
  if (news.status === 'PAID') {
    if (isInFlight) await markPaid(applying, payout, ref);
    return isInFlight;
  }
  if (payout.status === 'PAID' || (isInFlight && news.status === 'RETURNED')) {
    await markReturned(applying, payout, ref);
    return true;
  }
  if (isInFlight) await markFailed(applying, payout, 'The provider did not send it.');
  return isInFlight;
};

const underWay = async ({ tx, now }: Applying, { id }: PayoutRow, ref: string): Promise<boolean> => {
  const data = { status: 'IN_TRANSIT', providerPayoutId: ref, updatedAt: now } as const;
  await tx.payout.update({ where: { id }, data, select: { id: true } });
  return true;
};
