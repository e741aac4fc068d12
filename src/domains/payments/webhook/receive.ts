import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Applying } from '../applying/applying.steps.ts';
import type { Provider } from '../provider/provider.ts';
import { applyMessage } from './apply.writes.ts';
import { receive } from './contract.ts';
import { insertWebhook, noteOutcome } from './inbox.writes.ts';

/** What reads a provider's webhooks: signature, age, meaning. It calls nobody. */
export type WebhookReaders = ReadonlyMap<string, Pick<Provider, 'name' | 'readWebhook'>>;

/** Takes what a provider tells: written down, and in effect, in one transaction. */
export const receiveWebhook = ({ readers }: { readers: WebhookReaders }) =>
  commit(receive, {
    load: ({ provider }) => readers.get(provider.toUpperCase()) ?? null,
    allow: anyone,
    run: async ({ headers, body }, reader, { tx, record, now }) => {
      const webhook = reader.readWebhook({ headers, body, now });
      const applying: Applying = { tx, record, provider: reader.name, now };
      const webhookId = await insertWebhook(applying, webhook);
      if (webhookId === null) return { status: 'IGNORED' as const, duplicate: true };
      const outcome = await applyMessage({ ...applying, webhookId }, webhook.message);
      await noteOutcome(applying, webhookId, outcome);
      return { status: outcome.status, duplicate: false };
    },
  });
