import { type Asking, eachAlone } from '../applying/each-alone.ts';
import { inTransaction } from '../applying/in-transaction.steps.ts';
import { noteBreak } from '../break/break.writes.ts';
import { ProviderMessage } from '../provider/message.rules.ts';
import { applyMessage } from '../webhook/apply.writes.ts';
import { noteOutcome } from '../webhook/inbox.writes.ts';
import { waitingWebhooks } from './due.reads.ts';

/** What nobody could make sense of for a day is a difference, and is not tried again. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;

type Waiting = Awaited<ReturnType<typeof waitingWebhooks>>[number];

/** Tries webhooks again that spoke of something we did not know. */
export const retryWebhooks = async (asking: Asking): Promise<void> => {
  const { database, clock } = asking;
  await eachAlone(asking, await waitingWebhooks(database, clock.now()), (row) => retry(asking, row));
};

const retry = async (asking: Asking, { id, provider, payload, receivedAt }: Waiting): Promise<void> => {
  const message = ProviderMessage.parse(payload);
  const isOld = asking.clock.now().getTime() - receivedAt.getTime() > GIVE_UP_AFTER_MS;
  await inTransaction(asking, provider, async (applying) => {
    const outcome = await applyMessage({ ...applying, webhookId: id }, message);
    if (outcome.status !== 'RECEIVED' || !isOld || message.about === 'other' || message.about === 'transfer') {
      return noteOutcome(applying, id, outcome);
    }
    await noteBreak(applying.tx, {
      provider,
      kind: 'MISSING_HERE',
      reference: message.paymentRef,
      paymentId: outcome.paymentId,
      reportedMinor: BigInt(message.amountMinor),
      currency: message.currency,
      now: applying.now,
      reason: outcome.reason ?? 'a webhook about something unknown',
    });
    await noteOutcome(applying, id, { ...outcome, status: 'QUARANTINED' });
  });
};
