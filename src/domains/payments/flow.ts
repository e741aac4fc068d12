import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';
import { getDispute } from './dispute/get.ts';
import { listDisputesOfPayment } from './dispute/list.ts';
import { onEvidenceGiven } from './dispute/on-evidence-given.ts';
import { queueDisputes } from './dispute/queue.ts';
import { submitDisputeEvidence } from './dispute/submit-evidence.ts';
import { cancelOwnPayment } from './payment/cancel.ts';
import { cancelPaymentAtProvider } from './payment/cancel-at-provider.job.ts';
import { changed } from './payment/contract.ts';
import { getPayment } from './payment/get.ts';
import { listOwnPayments } from './payment/list.ts';
import { onPaymentCancelled } from './payment/on-payment-cancelled.ts';
import { onPaymentMoved } from './payment/on-payment-moved.ts';
import { onPaymentQuarantined } from './payment/on-payment-quarantined.ts';
import { onPaymentRequested } from './payment/on-payment-requested.ts';
import { submitOpenPayment } from './payment/submit.job.ts';
import { openProviders, type Providers } from './provider/open-providers.ts';
import { compareYesterday } from './reconciliation/compare-day.job.ts';
import { listReconciliationBreaks } from './reconciliation/list.ts';
import { reconcileProviders } from './reconciliation/reconcile.job.ts';
import { resolveReconciliationBreak } from './reconciliation/resolve.ts';
import { createRefund } from './refund/create.ts';
import { getRefund } from './refund/get.ts';
import { listRefundsOfPayment } from './refund/list.ts';
import { onRefundFailed } from './refund/on-refund-failed.ts';
import { onRefundRequested } from './refund/on-refund-requested.ts';
import { submitRequestedRefund } from './refund/submit.job.ts';
import { approveInSandbox } from './sandbox/approve.ts';
import { configureSandbox } from './sandbox/configure.ts';
import { declineInSandbox } from './sandbox/decline.ts';
import { createAnnounce, deliverSandboxWebhook } from './sandbox/deliver-webhook.job.ts';
import { disputeInSandbox } from './sandbox/dispute.ts';
import { onPaymentCapturedInSandbox } from './sandbox/on-payment-captured.ts';
import { showSandboxPage } from './sandbox/page.ts';
import { refundInSandbox } from './sandbox/refund.ts';
import { returnPayoutInSandbox } from './sandbox/return-payout.ts';
import { createSandboxStore } from './sandbox/sandbox.store.ts';
import { createSandbox } from './sandbox/sandbox.ts';
import { settleDisputeInSandbox } from './sandbox/settle-dispute.ts';
import { receiveWebhook } from './webhook/receive.ts';

/** What the flow of money through providers stands on. */
export type FlowGround = Pick<Platform, 'config' | 'log' | 'clock' | 'database' | 'redis' | 'jobs' | 'sockets'>;

export interface Flow extends Omit<Domain<Transaction>, 'name'> {
  /** For whoever else has money moved: payouts. */
  providers: Providers;
}

/** Payments, refunds and disputes, from the request over the provider and back by its webhooks. */
export const openFlow = (ground: FlowGround): Flow => {
  const settings = ground.config.payments;
  const store = createSandboxStore(ground.redis.jobs);
  const parts = { ...ground, settings, store };
  const announce = createAnnounce(parts);
  const { publicUrl, sandboxSecret: secret } = settings;
  const providers = openProviders(settings, { ...parts, announce, publicUrl, secret });
  const sandbox = createSandbox({ ...parts, announce });
  const asking = { ...ground, providers };
  return {
    providers,
    operations: [
      ...[getPayment(ground), listOwnPayments(ground), cancelOwnPayment()],
      ...[getRefund(ground), listRefundsOfPayment(ground), createRefund()],
      ...[getDispute(ground), listDisputesOfPayment(ground), queueDisputes(ground), submitDisputeEvidence()],
      ...[listReconciliationBreaks(ground), resolveReconciliationBreak()],
      receiveWebhook({ readers: providers }),
      ...[
        showSandboxPage({ ...parts, ...ground }),
        approveInSandbox({ ...ground, settings, sandbox, store }),
        declineInSandbox({ ...ground, settings, sandbox, store }),
      ],
      ...[refundInSandbox({ settings, sandbox }), disputeInSandbox({ settings, sandbox })],
      ...[settleDisputeInSandbox({ settings, sandbox }), configureSandbox(parts)],
      returnPayoutInSandbox({ settings, store, announce }),
    ],
    signals: [changed],
    rooms: [],
    jobs: [
      submitOpenPayment(asking),
      cancelPaymentAtProvider(asking),
      submitRequestedRefund(asking),
      deliverSandboxWebhook(parts),
      reconcileProviders(asking),
      compareYesterday(asking),
    ],
    subscribers: [
      ...[onPaymentRequested(ground), onPaymentCancelled(ground), onPaymentMoved(ground)],
      ...[onPaymentQuarantined(ground), onRefundRequested(ground), onRefundFailed(ground), onEvidenceGiven(asking)],
      onPaymentCapturedInSandbox(parts),
    ],
  };
};
