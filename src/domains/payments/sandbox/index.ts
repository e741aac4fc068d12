import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { approveInSandbox } from './approve.ts';
import { configureSandbox } from './configure.ts';
import { declineInSandbox } from './decline.ts';
import { createAnnounce, deliverSandboxWebhook } from './deliver-webhook.job.ts';
import { disputeInSandbox } from './dispute.ts';
import { onPaymentCapturedInSandbox } from './on-payment-captured.ts';
import { showSandboxPage } from './page.ts';
import { refundInSandbox } from './refund.ts';
import { returnPayoutInSandbox } from './return-payout.ts';
import { createSandboxStore } from './sandbox.store.ts';
import { createSandbox } from './sandbox.ts';
import { settleDisputeInSandbox } from './settle-dispute.ts';

/** A provider that moves no money, for trying things out. */
export const sandboxTopic = (deps: Deps): Topic<Transaction> => {
  const settings = deps.config.payments;
  const store = createSandboxStore(deps.redis.jobs);
  const parts = { ...deps, settings, store };
  const announce = createAnnounce(parts);
  const sandbox = createSandbox({ ...parts, announce });
  return {
    operations: [
      showSandboxPage(parts),
      approveInSandbox({ ...parts, sandbox }),
      declineInSandbox({ ...parts, sandbox }),
      refundInSandbox({ settings, sandbox }),
      disputeInSandbox({ settings, sandbox }),
      settleDisputeInSandbox({ settings, sandbox }),
      configureSandbox(parts),
      returnPayoutInSandbox({ settings, store, announce }),
    ],
    jobs: [deliverSandboxWebhook(parts)],
    subscribers: [onPaymentCapturedInSandbox(parts)],
  };
};
