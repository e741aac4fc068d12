import { isIP } from 'node:net';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** True for callers on this machine. */
export const isLoopback = (address: string): boolean => LOOPBACK.test(address);

/**
 * The address a call came from. `X-Forwarded-For` is believed only from a proxy on this machine, and of it only the last
 * entry, which that proxy wrote itself; what stands before it anybody may have made up.
 */
export const callerAddress = (peer: string, forwardedFor: string | undefined): string => {
  if (!isLoopback(peer) || forwardedFor === undefined) return peer;
  const last = forwardedFor.split(',').at(-1)?.trim() ?? '';
  return isIP(last) === 0 ? peer : last;
};
