import type { Applying, Outcome } from '../applying/applying.steps.ts';
import { ProviderMessage } from '../provider/message.rules.ts';
import { noteOutcome } from './inbox.writes.ts';

/** Messages about one payment that wait; more stay for the next time. */
const MAX_WAITING = 100;

interface Whose {
  paymentId: string;
  paymentRef: string;
}

interface Waiting {
  id: string;
  payload: unknown;
}

/** Applies what came too early for this payment, in the order in which it came. */
export const applyWaiting = async (
  applying: Applying,
  { paymentId, paymentRef }: Whose,
  apply: (applying: Applying, message: ProviderMessage) => Promise<Outcome>,
): Promise<void> => {
  const { tx, provider, webhookId } = applying;
  const rows = await tx.$queryRaw<Waiting[]>`
    SELECT id, payload FROM payment_webhook_events
    WHERE status = 'RECEIVED' AND provider = ${provider}::payment_provider AND id <> ${webhookId ?? paymentId}::uuid
      AND (payment_id = ${paymentId}::uuid OR (payment_id IS NULL AND payload ->> 'paymentRef' = ${paymentRef}))
    ORDER BY received_at, id LIMIT ${MAX_WAITING} FOR UPDATE`;
  for (const { id, payload } of rows) {
    const outcome = await apply({ ...applying, webhookId: id }, ProviderMessage.parse(payload));
    await noteOutcome(applying, id, outcome);
  }
};
