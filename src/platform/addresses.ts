import { BlockList, isIP } from 'node:net';

const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;
const GROUPS = 8;
/** Groups of an IPv6 address that name its network, of 16 bits each. */
const NETWORK_GROUPS = 4;

/**
 * An address in its one spelling: IPv6 compressed and in lower case (RFC 5952) without a zone, and IPv4 as IPv4 even
 * where a socket for both kinds shows it as `::ffff:192.0.2.1`.
 * @returns null for what is no address
 */
export const plainAddress = (text: string): string | null => {
  const family = isIP(text);
  if (family === 0) return null;
  if (family === 4) return text;
  const [address = ''] = text.split('%');
  const { hostname } = new URL(`http://[${address}]`);
  const plain = hostname.slice(1, -1);
  const [, high, low] = MAPPED.exec(plain) ?? [];
  return high === undefined || low === undefined ? plain : [...octets(high), ...octets(low)].join('.');
};

const octets = (group: string): number[] => {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
};

/**
 * By what calls of one address are counted: IPv4 by itself, IPv6 by its /64, because whoever has one address of such a
 * network usually has all 2^64. What is no address stands for itself.
 */
export const addressKey = (text: string): string => {
  const plain = plainAddress(text);
  if (plain === null) return text;
  if (!plain.includes(':')) return plain;
  return `${expand(plain).slice(0, NETWORK_GROUPS).join(':')}::/64`;
};

const expand = (plain: string): string[] => {
  const [before = '', after = ''] = plain.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === '' ? [] : after.split(':');
  return [...head, ...Array<string>(GROUPS - head.length - tail.length).fill('0'), ...tail];
};

/** Networks of addresses. */
export interface Networks {
  /** False for what is no address. */
  has: (address: string) => boolean;
}

const CIDR = /^([0-9a-f.:]+)(?:\/(0|[1-9]\d{0,2}))?$/i;

/**
 * Reads networks in CIDR notation, separated by commas; an address alone is a network of one.
 * @throws Error with the words that are no network
 */
export const readNetworks = (text: string): Networks => {
  const list = new BlockList();
  if (text.trim() !== '') for (const part of text.split(',')) add(list, part.trim());
  return {
    has: (address) => {
      const plain = plainAddress(address);
      return plain !== null && list.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4');
    },
  };
};

const add = (list: BlockList, part: string): void => {
  const [, address = '', bits] = CIDR.exec(part) ?? [];
  const family = isIP(address);
  const longest = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? longest : Number(bits);
  const mapped = family === 6 && plainAddress(address)?.includes('.');
  if (family === 0 || prefix > longest || mapped)
    throw new Error(`"${part}" is no network such as 10.0.0.0/8 or fd00::/8`);
  list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
};
