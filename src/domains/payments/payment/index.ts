import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { cancelOwnPayment } from './cancel.ts';
import { cancelPaymentAtProvider } from './cancel-at-provider.job.ts';
import { changed } from './contract.ts';
import { getPayment } from './get.ts';
import { listOwnPayments } from './list.ts';
import { onPaymentCancelled } from './on-payment-cancelled.ts';
import { onPaymentMoved } from './on-payment-moved.ts';
import { onPaymentQuarantined } from './on-payment-quarantined.ts';
import { onPaymentRequested } from './on-payment-requested.ts';
import { submitOpenPayment } from './submit.job.ts';

/** Payments, from the request to the capture. */
export const paymentTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [getPayment(deps), listOwnPayments(deps), cancelOwnPayment()],
  signals: [changed],
  jobs: [submitOpenPayment(deps), cancelPaymentAtProvider(deps)],
  subscribers: [onPaymentRequested(deps), onPaymentCancelled(deps), onPaymentMoved(deps), onPaymentQuarantined(deps)],
});
