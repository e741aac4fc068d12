import { type Domain, joinTopics } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import { billingTopic } from './billing/index.ts';
import { commissionTopic } from './commission/index.ts';
import type { PlatformDeps } from './deps.ts';
import { disputeTopic } from './dispute/index.ts';
import { earningTopic } from './earning/index.ts';
import { invoiceTopic } from './invoice/index.ts';
import { ledgerTopic } from './ledger/index.ts';
import { paymentTopic } from './payment/index.ts';
import { payoutTopic } from './payout/index.ts';
import { payoutAccountTopic } from './payout-account/index.ts';
import { reconciliationTopic } from './reconciliation/index.ts';
import { refundTopic } from './refund/index.ts';
import { createAnnounce } from './sandbox/deliver-webhook.job.ts';
import { sandboxTopic } from './sandbox/index.ts';
import { openProviders } from './sandbox/open-providers.ts';
import { createSandboxStore } from './sandbox/sandbox.store.ts';
import { subscriptionTopic } from './subscription/index.ts';
import { subscriptionPlanTopic } from './subscription-plan/index.ts';
import { taxRateTopic } from './tax-rate/index.ts';
import { walletTopic } from './wallet/index.ts';
import { applyMessage } from './webhook/apply.writes.ts';
import { webhookTopic } from './webhook/index.ts';

/** Money: how it comes in, how it goes back, and what the books say of it. */
export const createPayments = (platform: PlatformDeps, providers = providersOf(platform)): Domain<Transaction> => {
  const deps = { ...platform, providers, apply: applyMessage };
  return joinTopics('payments', [
    paymentTopic(deps),
    refundTopic(deps),
    disputeTopic(deps),
    reconciliationTopic(deps),
    webhookTopic(deps),
    sandboxTopic(deps),
    ledgerTopic(deps),
    walletTopic(deps),
    commissionTopic(deps),
    taxRateTopic(deps),
    invoiceTopic(deps),
    billingTopic(deps),
    earningTopic(deps),
    payoutAccountTopic(deps),
    payoutTopic(deps),
    subscriptionPlanTopic(deps),
    subscriptionTopic(deps),
  ]);
};

/** The providers that are configured, the sandbox among them where it is. */
export const providersOf = (platform: PlatformDeps) => {
  const settings = platform.config.payments;
  const parts = { ...platform, settings, store: createSandboxStore(platform.redis.jobs) };
  const { publicUrl, sandboxSecret: secret } = settings;
  return openProviders(settings, { ...parts, announce: createAnnounce(parts), publicUrl, secret });
};
