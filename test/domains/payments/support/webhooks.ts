import { createHmac } from 'node:crypto';
import { runSteps } from '../../../../src/kernel/execute.ts';
import type { Call } from '../../../../src/kernel/handler.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { crashing } from './crash.ts';
import { type FlowWorld, SECRET } from './flow-world.ts';

/** A webhook of the sandbox before it is signed. */
export interface Told {
  id?: string;
  type: string;
  data: Record<string, unknown>;
}

/** Signs as a program would that knows Standard Webhooks and nothing of Rally. */
export const signed = (told: Told, { at = new Date(), secret = SECRET }: { at?: Date; secret?: string } = {}) => {
  const id = told.id ?? `msg_${newId()}`;
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const body = JSON.stringify({ type: told.type, data: told.data });
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` },
    body,
  };
};

/** Posts over HTTP. */
export const post = async (
  url: string,
  { headers, body }: { headers: Record<string, string>; body: string },
  provider = 'sandbox',
) => {
  const answer = await fetch(`${url}/v1/webhooks/${provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  // Safe: every answer under /v1 is a JSON object.
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

/**
 * Has the operation take a webhook as a worker would, in one transaction, but without the way there.
 * @param dieBefore the statement, counted from 1, before which the worker dies; beyond the last one it does not
 */
export const take = async (world: FlowWorld, told: Told, dieBefore?: number): Promise<unknown> => {
  const receive = world.payments.operations.find(({ contract }) => contract.name === 'webhook.receive');
  if (!receive) throw new Error('webhooks are not received');
  const now = world.platform.clock.now();
  const { headers, body } = signed(told, { at: now });
  const call: Call = {
    actor: null,
    origin: { carrier: 'internal', address: '192.0.2.1', agent: 'test' },
    requestId: newId(),
    now,
  };
  return world.database.$transaction(async (tx) => {
    const own = dieBefore === undefined ? tx : crashing(tx, dieBefore);
    const context = { ...call, tx: own, record: recordIn(own), audit: () => {} };
    return runSteps(receive, { provider: 'sandbox', headers, body }, context);
  });
};
