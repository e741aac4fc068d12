import fc from 'fast-check';
import { expect, test } from 'vitest';
import { returnUrlOf } from '../../../../src/domains/payments/payment/return-url.rules.ts';
import { readConfig } from '../../../../src/platform/config.ts';

const ground = {
  bookingId: '0190a0a0-0000-7000-8000-000000000000',
  publicUrl: 'https://rally.example',
  returnOrigins: ['https://events.example'],
};
const back = (returnTo: string): string => returnUrlOf({ ...ground, returnTo });

test.each([
  ['/app/tickets', 'https://rally.example/app/tickets?bookingId='],
  ['/app/done?step=2#top', 'https://rally.example/app/done?step=2&bookingId='],
  ['https://rally.example/x', 'https://rally.example/x?bookingId='],
  ['https://events.example/thanks', 'https://events.example/thanks?bookingId='],
  ['/a?bookingId=other', 'https://rally.example/a?bookingId='],
])('%s is a way back', (returnTo, address) => {
  const [place] = back(returnTo).split('#');
  expect(place).toBe(address + ground.bookingId);
});

test.each([
  '//evil.example/x',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  'https://evil.example/',
  'https://rally.example.evil.example/',
  'https://rally.example@evil.example/',
  'https://user:secret@rally.example/',
  'http://rally.example/',
  'https://rally.example:8443/',
  'javascript:alert(1)',
  'data:text/html,x',
  'app/tickets',
  '',
  ' /app',
])('%j is none, and it is said which field is wrong', (returnTo) => {
  expect(() => back(returnTo)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  expect(() => back(returnTo)).toThrow(/^returnTo: /);
});

test('whatever is asked for, nobody is led to a server that is not allowed', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '@',
    ':',
    '?',
    '#',
    '.',
    'https:',
    '//',
    'evil.example',
    'rally.example',
    '\t',
    '%2f',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.array(part).map((parts) => parts.join('')),
      ),
      (returnTo) => {
        let address: string;
        try {
          address = back(returnTo);
        } catch {
          return;
        }
        expect(['https://rally.example', 'https://events.example']).toContain(new URL(address).origin);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('what the operator allows are origins and nothing more', () => {
  const keys = { DATABASE_URL: 'x', REDIS_URL: 'x', SIGNING_KEY: 'x', ENCRYPTION_KEY: 'x' };
  const read = (list: string) => readConfig({ ...keys, PAYMENT_RETURN_ORIGINS: list }).payments.returnOrigins;
  expect(read('https://a.example, http://localhost:5173')).toEqual(['https://a.example', 'http://localhost:5173']);
  expect(read('')).toEqual([]);
  for (const wrong of ['https://a.example/path', 'a.example', 'javascript:x', '*']) {
    expect(() => read(wrong)).toThrow(/PAYMENT_RETURN_ORIGINS/);
  }
});
