import { expect, test } from 'vitest';
import webPush from 'web-push';
import { PushEnvironment, pushSettings } from '../../../src/platform/push/push-settings.ts';

const surroundings = { production: false, mailFrom: 'Rally <post@rally.example>' };
const read = (environment: Record<string, string>, production = false) =>
  pushSettings(PushEnvironment.parse(environment), { ...surroundings, production });

test('the public key follows from the private one', () => {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  const settings = read({ VAPID_PRIVATE_KEY: privateKey });
  expect(settings).toMatchObject({ publicKey, subject: 'mailto:post@rally.example' });
  expect(read({ VAPID_PRIVATE_KEY: privateKey, VAPID_PUBLIC_KEY: publicKey })).toEqual(settings);
});

test('keys that do not belong together, or are none, are named', () => {
  const [one, other] = [webPush.generateVAPIDKeys(), webPush.generateVAPIDKeys()];
  const mixed = { VAPID_PRIVATE_KEY: one.privateKey, VAPID_PUBLIC_KEY: other.publicKey };
  expect(() => read(mixed)).toThrow('VAPID_PUBLIC_KEY: does not belong to VAPID_PRIVATE_KEY');
  expect(() => read({ VAPID_PUBLIC_KEY: one.publicKey })).toThrow('VAPID_PRIVATE_KEY: is missing');
  const zero = Buffer.alloc(32).toString('base64url');
  expect(() => read({ VAPID_PRIVATE_KEY: zero })).toThrow('VAPID_PRIVATE_KEY: is no private key of P-256');
});

test('nothing is pushed without a key, and no production has a test origin', () => {
  expect(read({})).toBeUndefined();
  expect(() => read({ PUSH_TEST_ORIGIN: 'http://127.0.0.1:4000' }, true)).toThrow('PUSH_TEST_ORIGIN');
});
