import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressKey, plainAddress, readNetworks } from '../../src/platform/addresses.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:c000:207', '192.0.2.7'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::1', '::1'],
  ['192.0.2.07', null],
  ['', null],
  ['unknown', null],
  ['192.0.2.7:80', null],
])('the plain spelling of "%s" is %s', (text, plain) => {
  expect(plainAddress(text)).toBe(plain);
});

const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6();

test('IPv4 is counted alone, however it is written', () => {
  fc.assert(
    fc.property(ipv4, (address) => {
      expect(addressKey(`::ffff:${address}`)).toBe(addressKey(address));
      expect(addressKey(address)).toBe(address);
    }),
  );
});

test('all addresses of an IPv6 network of 64 bits are counted as one, and no others', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  const half = fc.array(group, { minLength: 4, maxLength: 4 });
  const written = (groups: number[]) => groups.map((each) => each.toString(16)).join(':');
  fc.assert(
    fc.property(half, half, half, half, (network, other, one, two) => {
      fc.pre(written(network) !== written(other) && network.some((each) => each > 0));
      const key = addressKey(written([...network, ...one]));
      expect(addressKey(written([...network, ...two]))).toBe(key);
      fc.pre(other.some((each) => each > 0));
      expect(addressKey(written([...other, ...one]))).not.toBe(key);
    }),
  );
});

test('networks hold what a mask says', () => {
  fc.assert(
    fc.property(ipv4, ipv4, fc.integer({ min: 0, max: 32 }), (network, address, bits) => {
      const number = (text: string) => text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
      const head = (text: string) => Math.floor(number(text) / 2 ** (32 - bits));
      const networks = readNetworks(`${network}/${bits}`);
      expect(networks.has(address)).toBe(head(network) === head(address));
      expect(networks.has(`::ffff:${address}`)).toBe(head(network) === head(address));
    }),
  );
  fc.assert(
    fc.property(ipv6, (address) => {
      fc.pre(!plainAddress(address)?.includes('.'));
      expect(readNetworks('::/0').has(address)).toBe(true);
      expect(readNetworks('0.0.0.0/0, fd00::/8').has(address)).toBe(
        /^fd[0-9a-f]{2}:/.test(plainAddress(address) ?? ''),
      );
      expect(readNetworks(address).has(address)).toBe(true);
    }),
  );
});

test.each([
  '10.0.0.0/33',
  '10.0.0/8',
  'fd00::/129',
  '10.0.0.0/',
  '10.0.0.0/08',
  '10.0.0.0/-1',
  'private',
  '10.0.0.0/8,',
  '10.0.0.0/8 192.168.0.0/16',
  '::ffff:10.0.0.0/104',
  'fe80::1%eth0/64',
])('"%s" is no list of networks', (text) => {
  expect(() => readNetworks(text)).toThrow('is no network');
});
