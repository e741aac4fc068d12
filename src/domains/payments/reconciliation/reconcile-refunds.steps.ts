import { type Asking, eachAlone } from '../applying/each-alone.ts';
import { inTransaction } from '../applying/in-transaction.steps.ts';
import { noteBreak } from '../break/break.writes.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import type { RefundMessage } from '../provider/message.rules.ts';
import { providerOf } from '../provider/providers.rules.ts';
import { askAgain } from '../refund/owed.writes.ts';
import { findRefund, type RefundWithPayment } from '../refund/refund.reads.ts';
import { submitRefund } from '../refund/submit.job.ts';
import { askAnew, hasRested, noteRefundAsked } from '../refund/unknown.writes.ts';
import { applyMessage } from '../webhook/apply.writes.ts';
import { type Owed, owedRefunds, restingRefunds } from './due.reads.ts';

/**
 * A call that is under way may still take effect after the provider's list was read: what it does not have is proved
 * absent only when the list was read this long after its attempt was given up. Calls begin within 30 s and end within 30 s
 * more.
 */
const ABSENT_AFTER_MS = 60_000;
/** A refund that was taken, and is nowhere to be found for so long, is a difference. */
const MISSED_AFTER_MS = 24 * 3_600_000;

/** Asks providers about refunds that have not settled. */
export const reconcileRefunds = async (asking: Asking): Promise<void> => {
  const { database, clock, providers } = asking;
  const due = await restingRefunds(database, clock.now(), [...providers.keys()]);
  await eachAlone(asking, due, (refund) => ask(asking, refund));
  await eachAlone(asking, await owedRefunds(database, clock.now()), (refund) => payOwed(asking, refund));
};

const ask = async (asking: Asking, refund: RefundWithPayment): Promise<void> => {
  if (refund.payment.provider === 'INTERNAL') return submit(asking, refund.id);
  const { provider, providerPaymentId } = refund.payment;
  if (providerPaymentId === null) return;
  // Asked before the list is read: what comes between the two is in the list, or was not sent.
  const isRested = await inTransaction(asking, provider, (applying) => hasRested(applying, refund, ABSENT_AFTER_MS));
  const listed = await providerOf(asking.providers, provider).listRefunds(providerPaymentId);
  const found = listed.find((message) => isOf(message, refund));
  if (!found) return absent(asking, refund, isRested);
  await inTransaction(asking, provider, async (applying) => {
    await applyMessage(applying, found);
    await noteRefundAsked(applying.tx, refund.id, applying.now);
  });
};

/** Its job was lost, or has not run yet: then this one is dropped. */
const submit = ({ jobs }: Asking, refundId: string): Promise<void> =>
  jobs.later(submitRefund, { refundId }, { id: refundId });

/** A refund that a rule demands was refused, or stood behind a dispute: it is tried again, ever more seldom, for a month. */
const payOwed = (asking: Asking, { id, paymentId, provider }: Owed): Promise<void> =>
  inTransaction(asking, provider, async (applying) => {
    const payment = await lockPayment(applying.tx, paymentId);
    const refund = await findRefund(applying.tx, id);
    if (payment && refund?.status === 'FAILED') await askAgain(applying, payment, refund);
  });

const isOf = ({ refundId, refundRef }: RefundMessage, refund: RefundWithPayment): boolean =>
  refundId === refund.id || (refundRef !== undefined && refundRef === refund.providerRefundId);

const absent = async (asking: Asking, refund: RefundWithPayment, isRested: boolean): Promise<void> => {
  const { id: refundId, payment, amount, currency } = refund;
  if (refund.status === 'REQUESTED') return submit(asking, refundId);
  if (refund.status === 'UNKNOWN') {
    if (!isRested) return;
    return inTransaction(asking, payment.provider, (applying) => askAnew(applying, refund));
  }
  if (asking.clock.now().getTime() - refund.updatedAt.getTime() < MISSED_AFTER_MS) return;
  await inTransaction(asking, payment.provider, async ({ tx, now, provider }) => {
    const reference = refund.providerRefundId ?? refundId;
    const missing = { kind: 'MISSING_THERE', reference, paymentId: payment.id, expectedMinor: amount } as const;
    await noteBreak(tx, { ...missing, provider, currency, now });
    await noteRefundAsked(tx, refundId, now);
  });
};
