import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import { type Asking, eachAlone } from '../applying/each-alone.ts';
import { inTransaction } from '../applying/in-transaction.steps.ts';
import { cancelPayment } from '../payment/cancel.writes.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';
import { submitPayment } from '../payment/submit.job.ts';
import { failUnsubmitted, noteAsked } from '../payment/submitted.writes.ts';
import { providerOf } from '../provider/providers.rules.ts';
import { applyMessage } from '../webhook/apply.writes.ts';
import {
  abandonedPayments,
  feelessPayments,
  restingPayments,
  UNSUBMITTED_AFTER_MS,
  unsubmittedPayments,
} from './due.reads.ts';

/** Asks providers about payments that rest: their webhooks may have been lost, or we died before we told them. */
export const reconcilePayments = async (asking: Asking): Promise<void> => {
  const { database, clock, providers } = asking;
  const now = clock.now();
  const names: PaymentProvider[] = [...providers.keys()];
  await eachAlone(asking, await unsubmittedPayments(database, now, names), (payment) => tellAgain(asking, payment));
  await eachAlone(asking, await restingPayments(database, now, names), (payment) => ask(asking, payment));
  await eachAlone(asking, await abandonedPayments(database, now, names), (payment) => giveUp(asking, payment));
  await eachAlone(asking, await feelessPayments(database, now, names), (payment) => ask(asking, payment));
};

const tellAgain = async (asking: Asking, payment: PaymentRow): Promise<void> => {
  const age = asking.clock.now().getTime() - payment.createdAt.getTime();
  if (age < UNSUBMITTED_AFTER_MS) {
    return asking.jobs.later(submitPayment, { paymentId: payment.id }, { id: payment.id });
  }
  // Whatever the provider may have of it by now, nobody was given the means to pay it.
  await inTransaction(asking, payment.provider, (applying) =>
    failUnsubmitted(applying, payment, 'PROVIDER_UNAVAILABLE'),
  );
};

const ask = async (asking: Asking, payment: PaymentRow): Promise<void> => {
  if (payment.providerPaymentId === null) return;
  const found = await providerOf(asking.providers, payment.provider).findPayment(payment.providerPaymentId);
  await inTransaction(asking, payment.provider, async (applying) => {
    if (found) await applyMessage(applying, found.message);
    await noteAsked(applying.tx, payment.id, applying.now);
  });
};

const giveUp = async (asking: Asking, payment: PaymentRow): Promise<void> => {
  await inTransaction(asking, payment.provider, ({ tx, record }) => cancelPayment(tx, record, payment));
};
