import { isIP } from 'node:net';
import { type Networks, plainAddress } from './addresses.ts';
import type { Log } from './log.ts';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
/** How often somebody is told that a proxy is not believed. */
const WARN_EVERY_MS = 60_000;
/** Entries of `X-Forwarded-For` that are looked at, from the end. */
const MAX_HOPS = 20;

/** True for callers on this machine. */
export const isLoopback = (address: string): boolean => LOOPBACK.test(address);

/** Where a call came from. */
export interface Caller {
  /** In its one spelling; whatever the peer was called where that is no address. */
  address: string;
  /** True when somebody said to speak for another, and is not one of those who may: who asks is not known then. */
  isDoubtful: boolean;
}

/** @param forwardedFor the header `X-Forwarded-For`, all of its lines joined by commas */
export type ReadCaller = (peer: string, forwardedFor: string | undefined) => Caller;

export interface CallerParts {
  /** Proxies beside those on this machine, which are always believed. */
  trusted: Networks;
  log: Pick<Log, 'warn'>;
}

/**
 * Tells who calls. `X-Forwarded-For` is believed only from a trusted proxy, and read from its end: each entry was written
 * by the hop after it, so the last one that is no trusted proxy is the caller, and what stands before it anybody may
 * have made up.
 */
export const createReadCaller = ({ trusted, log }: CallerParts): ReadCaller => {
  let warnedAtMs = Number.NEGATIVE_INFINITY;
  const isTrusted = (address: string): boolean => isLoopback(address) || trusted.has(address);

  const warn = (peer: string): void => {
    if (performance.now() - warnedAtMs < WARN_EVERY_MS) return;
    warnedAtMs = performance.now();
    log.warn({ peer }, 'X-Forwarded-For of a peer that TRUSTED_PROXIES does not name is not believed');
  };

  return (peer, forwardedFor) => {
    const address = plainAddress(peer) ?? peer;
    if (forwardedFor === undefined) return { address, isDoubtful: false };
    if (isTrusted(address)) return { address: lastUntrusted(address, forwardedFor, isTrusted), isDoubtful: false };
    warn(address);
    return { address, isDoubtful: true };
  };
};

const lastUntrusted = (peer: string, forwardedFor: string, isTrusted: (address: string) => boolean): string => {
  let caller = peer;
  for (const entry of forwardedFor.split(',').slice(-MAX_HOPS).reverse()) {
    const address = plainAddress(withoutPort(entry.trim()));
    if (address === null) return caller;
    caller = address;
    if (!isTrusted(address)) return caller;
  }
  return caller;
};

/** Some proxies write the port too: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const withoutPort = (entry: string): string => {
  if (isIP(entry) !== 0) return entry;
  return /^\[([^\]]*)\](?::\d+)?$/.exec(entry)?.[1] ?? entry.replace(/:\d+$/, '');
};
