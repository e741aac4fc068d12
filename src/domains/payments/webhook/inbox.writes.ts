import { newId } from '../../../platform/ids.ts';
import type { Applying, Outcome } from '../applying/applying.steps.ts';
import type { Webhook } from '../provider/message.rules.ts';

/**
 * Writes a webhook into the inbox. Of any number with the same id one is written; the others wait for its transaction and
 * then find it there.
 * @returns the row's id; null when it was there before
 */
export const insertWebhook = async (
  { tx, provider, now }: Applying,
  { id: providerId, type, message }: Webhook,
): Promise<string | null> => {
  const id = newId();
  const inserted = await tx.$executeRaw`
    INSERT INTO payment_webhook_events (id, provider, provider_event_id, type, payload, received_at)
    VALUES (${id}::uuid, ${provider}::payment_provider, ${providerId}, ${type}, ${JSON.stringify(message)}::jsonb, ${now})
    ON CONFLICT (provider, provider_event_id) DO NOTHING`;
  return inserted === 1 ? id : null;
};

/** Writes beside the webhook what became of it, and when it was last looked at. */
export const noteOutcome = async (
  { tx, now }: Pick<Applying, 'tx' | 'now'>,
  id: string,
  { status, paymentId, reason }: Outcome,
): Promise<void> => {
  await tx.paymentWebhookEvent.update({
    where: { id },
    data: { status, paymentId, error: reason ?? null, processedAt: now },
    select: { id: true },
  });
};
