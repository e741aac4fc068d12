import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { deliverSandboxWebhook } from '../../../../src/domains/payments/sandbox/deliver-webhook.job.ts';
import { PaymentEnvironment, paymentSettings } from '../../../../src/platform/payment-settings.ts';

const settingsOf = (environment: Record<string, string>) =>
  paymentSettings(PaymentEnvironment.parse(environment), { production: false, port: 3000, encryptionKey: 'x' });

test('the sandbox reaches the server where clients do, unless it is told another way', () => {
  expect(settingsOf({}).sandboxWebhookUrl).toBe('http://localhost:3000');
  expect(settingsOf({ PUBLIC_URL: 'https://rally.example/' }).sandboxWebhookUrl).toBe('https://rally.example');
  const inside = { PUBLIC_URL: 'https://rally.example', SANDBOX_WEBHOOK_URL: 'http://balancer/' };
  expect(settingsOf(inside)).toMatchObject({
    publicUrl: 'https://rally.example',
    sandboxWebhookUrl: 'http://balancer',
  });
});

test('its webhooks go there', async () => {
  const server = createServer((_request, response) => void response.end()).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  // Safe: it listens on a port.
  const { port } = server.address() as AddressInfo;
  const settings = settingsOf({ PUBLIC_URL: 'http://nobody.invalid', SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${port}` });
  const asked = once(server, 'request');
  const { run } = deliverSandboxWebhook({ settings, clock: { now: () => new Date() } });
  await run({ id: 'msg_1', body: '{}' } as never);
  const [{ method, url, headers }] = (await asked) as [IncomingMessage];
  expect([method, url]).toEqual(['POST', '/v1/webhooks/sandbox']);
  expect(headers).toMatchObject({ 'webhook-id': 'msg_1', 'webhook-signature': expect.stringMatching(/^v1,/) });
});
