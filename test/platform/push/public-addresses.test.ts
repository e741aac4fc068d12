import { expect, test } from 'vitest';
import { objectionTo } from '../../../src/platform/push/endpoint.ts';
import { retryAfterMs } from '../../../src/platform/push/post.ts';
import { isPublicAddress, lookupPublic, NotPublic } from '../../../src/platform/push/public-addresses.ts';

test.each([
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
  ...['172.31.255.255', '192.0.0.8', '192.168.1.1', '198.19.0.1', '224.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', 'fc00::1', 'fd12::1', 'fe80::1', 'ff02::1'],
  ...['2001::1', '2001:db8::1', '2002:7f00:1::', '', 'example.org', '8.8.8'],
])('%s is not on the open internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '223.255.255.255', '2606:4700::1111', '2a00:1450::1'])(
  '%s is',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

const resolve = (hostname: string, all: boolean): Promise<unknown> =>
  new Promise((done) => lookupPublic(hostname, { all }, (error, found) => done(error ?? found)));

test('a name is resolved for a connection only to public addresses', async () => {
  expect(await resolve('1.1.1.1', false)).toBe('1.1.1.1');
  expect(await resolve('1.1.1.1', true)).toEqual([{ address: '1.1.1.1', family: 4 }]);
  for (const all of [true, false]) expect(await resolve('localhost', all)).toBeInstanceOf(NotPublic);
});

test.each([
  ['https://push.example.org/a', null],
  ['https://push.example.org:8443/a', null],
  ['https://[2606:4700::1111]/a', null],
  ['http://push.example.org/a', 'must be https'],
  ['https://10.0.0.1/a', 'is not on a public host'],
  // The same address in ways that a URL knows too.
  ['https://0x7f.1/a', 'is not on a public host'],
  ['https://2130706433/a', 'is not on a public host'],
  ['https://[::1]/a', 'is not on a public host'],
  ['https://[::ffff:10.0.0.1]/a', 'is not on a public host'],
  ['https://user:word@push.example.org/a', 'must not hold a name or a password'],
  ['push.example.org', 'is not a URL'],
])('%s: %s', (endpoint, objection) => {
  expect(objectionTo(endpoint, undefined)).toBe(objection);
});

test('one origin is exempt, and no other port or scheme of its host', () => {
  const exempt = 'http://127.0.0.1:4000';
  expect(objectionTo(`${exempt}/a`, exempt)).toBeNull();
  expect(objectionTo('http://127.0.0.1:4001/a', exempt)).toBe('must be https');
  expect(objectionTo('https://127.0.0.1:4000/a', exempt)).toBe('is not on a public host');
});

test('Retry-After is read in seconds and as a date', () => {
  const nowMs = Date.parse('2026-01-01T00:00:00Z');
  expect(retryAfterMs('120', nowMs)).toBe(120_000);
  expect(retryAfterMs('Thu, 01 Jan 2026 00:01:00 GMT', nowMs)).toBe(60_000);
  expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', nowMs)).toBe(0);
  expect(retryAfterMs('soon', nowMs)).toBeNull();
  expect(retryAfterMs(undefined, nowMs)).toBeNull();
});
