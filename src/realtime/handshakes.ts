import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import { addressKey } from '../platform/addresses.ts';
import type { ReadCaller } from '../platform/caller-address.ts';

const WINDOW_MS = 60_000;
/** Addresses counted at once, some 10 MB; beyond it the one that came first is forgotten. */
const MAX_ADDRESSES = 100_000;

/** @returns null when the handshake may go on, else how long to wait */
export type TakeHandshake = (address: string) => number | null;

/** Counts handshakes by address, of IPv6 by its /64, in windows of a minute, on this node. */
export const countHandshakes = (perMinute: number): TakeHandshake => {
  const counts = new Map<string, number>();
  let endsAtMs = 0;
  return (address) => {
    const nowMs = performance.now();
    if (nowMs >= endsAtMs) {
      counts.clear();
      endsAtMs = nowMs + WINDOW_MS;
    }
    const key = addressKey(address);
    const count = counts.get(key) ?? 0;
    if (count >= perMinute) return endsAtMs - nowMs;
    counts.set(key, count + 1);
    if (counts.size > MAX_ADDRESSES) counts.delete(counts.keys().next().value ?? '');
    return null;
  };
};

type Decide = (reason: string | null, isAllowed: boolean) => void;

/** What engine.io asks before it takes a connection in. */
export const admitByAddress = (take: TakeHandshake, readCaller: ReadCaller) => {
  return (request: IncomingMessage, decide: Decide): void => {
    const forwardedFor = request.headers['x-forwarded-for'];
    const { address } = readCaller(
      request.socket.remoteAddress ?? '',
      Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
    );
    const waitMs = take(address);
    if (waitMs === null) {
      decide(null, true);
      return;
    }
    refuse(request, waitMs);
    decide('Too many handshakes', false);
  };
};

/** In the words of HTTP: engine.io itself would only say that the request is a bad one. It ends the connection then. */
const refuse = ({ socket }: IncomingMessage, waitMs: number): void => {
  const status = 429;
  const body = JSON.stringify({
    ...{ type: 'about:blank', title: STATUS_CODES[status], status, code: 'RATE_LIMITED', retryable: true },
    ...{ detail: 'Too many connections from this address; wait before the next one.', retryAfterMs: Math.ceil(waitMs) },
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `retry-after: ${Math.ceil(waitMs / 1_000)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};
