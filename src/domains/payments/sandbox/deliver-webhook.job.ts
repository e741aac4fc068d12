import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import { newId } from '../../../platform/ids.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import type { Log } from '../../../platform/log.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import type { Body } from './read-webhook.rules.ts';
import type { SandboxStore } from './sandbox.store.ts';
import { signatureOf } from './signature.rules.ts';

const TIMEOUT_MS = 10_000;

export const deliverWebhook = job({
  name: 'sandbox.deliverWebhook',
  summary: 'Sends one signed webhook of the sandbox to this server, as another provider would from outside.',
  payload: z.object({ id: z.string(), body: z.string() }),
});

export type Announce = (type: string, data: z.output<typeof Body>['data']) => Promise<void>;

interface AnnounceDeps {
  jobs: Jobs;
  store: Pick<SandboxStore, 'switches'>;
  clock: Clock;
  log: Log;
}

/** Has a webhook sent, or, as the switches say: later, several times, never. */
export const createAnnounce = ({ jobs, store, clock, log }: AnnounceDeps): Announce => {
  return async (type, data) => {
    const { losePercent, copies, delayMs, shuffleMs } = await store.switches();
    if (Math.random() * 100 < losePercent) {
      log.debug({ type, providerRef: data.providerRef }, 'sandbox webhook lost on purpose');
      return;
    }
    const payload = {
      id: `msg_${newId()}`,
      body: JSON.stringify({ type, timestamp: clock.now().toISOString(), data }),
    };
    for (let copy = 0; copy < copies; copy += 1) {
      const laterMs = delayMs + Math.floor(Math.random() * shuffleMs);
      await jobs.later(deliverWebhook, payload, laterMs > 0 ? { delayMs: laterMs } : {});
    }
  };
};

interface DeliverDeps {
  settings: PaymentSettings;
  clock: Clock;
}

/** Signed when it leaves: one that was held back is as young as any. What is not taken is sent again, as jobs are. */
export const deliverSandboxWebhook = ({ settings, clock }: DeliverDeps): JobHandler =>
  jobHandler({
    contract: deliverWebhook,
    run: async ({ id, body }) => {
      const timestamp = String(Math.floor(clock.now().getTime() / 1_000));
      const answer = await fetch(`${settings.sandboxWebhookUrl}/v1/webhooks/sandbox`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signatureOf(settings.sandboxSecret, { id, timestamp, body }),
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`the webhook was answered ${answer.status}`);
    },
  });
