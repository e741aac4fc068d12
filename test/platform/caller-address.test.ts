import { expect, test, vi } from 'vitest';
import { readNetworks } from '../../src/platform/addresses.ts';
import { createReadCaller } from '../../src/platform/caller-address.ts';

const readerOf = (trusted: string) => {
  const warn = vi.fn();
  return { read: createReadCaller({ trusted: readNetworks(trusted), log: { warn } }), warn };
};

test.each([
  ['a proxy of the network is believed', '172.18.0.5', '203.0.113.7', '203.0.113.7'],
  ['also as IPv6', '::ffff:172.18.0.5', '203.0.113.7', '203.0.113.7'],
  ['only its last word counts', '172.18.0.5', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  ['proxies in a row are passed over', '172.18.0.5', '198.51.100.1, 203.0.113.7, fd00::9, 172.18.3.3', '203.0.113.7'],
  ['an entry with a port counts', '172.18.0.5', '203.0.113.7:4711', '203.0.113.7'],
  ['also of IPv6', '172.18.0.5', '[2001:DB8::7]:4711', '2001:db8::7'],
  ['a mapped entry is one of IPv4', '172.18.0.5', '::ffff:203.0.113.7', '203.0.113.7'],
  ['what stands before nonsense is not looked at', '172.18.0.5', '203.0.113.7, <b>, 172.18.3.3', '172.18.3.3'],
  ['a proxy that says nothing is the caller', '172.18.0.5', undefined, '172.18.0.5'],
  ['a proxy that speaks for proxies only names the first', '172.18.0.5', 'fd00::1, 172.18.1.1', 'fd00::1'],
  ['this machine is believed', '127.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['this machine in IPv6 too', '::1', '203.0.113.7', '203.0.113.7'],
])('%s', (_what, peer, header, address) => {
  const { read, warn } = readerOf('172.18.0.0/16, fd00::/8');
  expect(read(peer, header)).toEqual({ address, isDoubtful: false });
  expect(warn).not.toHaveBeenCalled();
});

test('nobody else is believed, and that is told once a minute at most', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const { read, warn } = readerOf('172.18.0.0/16');
    for (const peer of ['172.19.0.5', '203.0.113.9', '::ffff:203.0.113.9']) {
      expect(read(peer, '127.0.0.1')).toEqual({ address: peer.replace('::ffff:', ''), isDoubtful: true });
    }
    expect(warn).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(60_001);
    read('172.19.0.5', '198.51.100.1');
    expect(warn).toHaveBeenCalledTimes(2);
  } finally {
    vi.useRealTimers();
  }
});
