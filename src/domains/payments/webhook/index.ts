import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { receiveWebhook } from './receive.ts';

/** Webhooks of providers. */
export const webhookTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [receiveWebhook({ readers: deps.providers })],
});
