import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/platform/config.ts';

const NEEDED = {
  DATABASE_URL: 'postgresql://localhost/rally',
  REDIS_URL: 'redis://localhost',
  SIGNING_KEY: '{}',
  ENCRYPTION_KEY: randomBytes(32).toString('base64'),
};
const read = (environment: NodeJS.ProcessEnv) => readConfig({ ...NEEDED, ...environment });

test.each([
  ['TRUSTED_PROXIES', '10.0.0.0/40'],
  ['TRUSTED_PROXIES', 'loopback'],
  ['METRICS_ALLOW', '10.0.0.0/8; 192.168.0.0/16'],
  ['SOCKETS_PER_ADDRESS', '0'],
  ['SOCKETS_PER_ADDRESS', 'many'],
])('%s=%s stops the start by name', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(name);
});

const secretOf = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`;

test('production says by name who takes payments', () => {
  expect(read({}).payments.provider).toBe('SANDBOX');
  const production = { NODE_ENV: 'production', SANDBOX_WEBHOOK_SECRET: secretOf(32) };
  expect(() => read(production)).toThrow('PAYMENT_PROVIDER');
  expect(read({ ...production, PAYMENT_PROVIDER: 'sandbox' }).payments.provider).toBe('SANDBOX');
  expect(() => read({ NODE_ENV: 'production', PAYMENT_PROVIDER: 'sandbox' })).toThrow('SANDBOX_WEBHOOK_SECRET');
  expect(() => read({ ...production, PAYMENT_PROVIDER: 'stripe' })).toThrow('STRIPE_SECRET_KEY');
});

test.each([
  ['SANDBOX_WEBHOOK_SECRET', 'x'],
  ['SANDBOX_WEBHOOK_SECRET', ''],
  ['SANDBOX_WEBHOOK_SECRET', randomBytes(32).toString('base64')],
  ['SANDBOX_WEBHOOK_SECRET', secretOf(23)],
  ['SANDBOX_WEBHOOK_SECRET', secretOf(65)],
  ['SANDBOX_WEBHOOK_SECRET', `${secretOf(32)}!`],
  ['STRIPE_SECRET_KEY', 'x'],
  ['STRIPE_SECRET_KEY', 'pk_test_this_one_is_public'],
  ['STRIPE_WEBHOOK_SECRET', 'whsec_'],
])('%s=%s is refused by name, in development too', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(name);
});

test.each([24, 32, 64])('a webhook secret of %i bytes is taken', (bytes) => {
  const secret = secretOf(bytes);
  expect(read({ SANDBOX_WEBHOOK_SECRET: secret }).payments.sandboxSecret).toBe(secret);
  expect(read({ SANDBOX_WEBHOOK_SECRET: secret.replace(/=+$/, '') }).payments.provider).toBe('SANDBOX');
});

test('metrics are for this machine and private networks, unless somebody said otherwise', () => {
  const { metricsAllow } = read({});
  for (const address of ['127.0.0.1', '::1', '10.1.2.3', '172.31.0.1', '192.168.7.7', 'fd12::1', 'fe80::1']) {
    expect(metricsAllow.has(address), address).toBe(true);
  }
  for (const address of ['203.0.113.7', '172.32.0.1', '2001:db8::1', '11.0.0.1', '']) {
    expect(metricsAllow.has(address), address).toBe(false);
  }
  expect(read({ METRICS_ALLOW: '203.0.113.0/24' }).metricsAllow.has('10.1.2.3')).toBe(false);
  expect(read({ METRICS_ALLOW: '203.0.113.0/24' }).metricsAllow.has('203.0.113.7')).toBe(true);
});
