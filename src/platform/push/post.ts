import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { systemClock } from '../clock.ts';
import { lookupPublic } from './public-addresses.ts';

/** From the resolution of the name to the end of the answer, of which the head decides. */
const TIMEOUT_MS = 10_000;
/** An answer needs no body; what is longer than this ends the connection. */
const MAX_ANSWER_BYTES = 16_384;
/** One push service serves most browsers of a kind. */
const CONNECTIONS_PER_HOST = 8;

const publicAgent = new https.Agent({
  keepAlive: true,
  maxSockets: CONNECTIONS_PER_HOST,
  maxFreeSockets: CONNECTIONS_PER_HOST,
  timeout: 30_000,
  lookup: lookupPublic,
});

/** What a push service said. */
export interface PushAnswer {
  status: number;
  retryAfterMs: number | null;
}

interface PushRequest {
  headers: OutgoingHttpHeaders;
  body: Buffer | string | null;
  /** Lets the call go to an address that is not public. */
  isTest: boolean;
}

/** Calls a push service once; a redirect is an answer and is not followed. @throws NotPublic, Error when there is none */
export const post = (endpoint: string, { headers, body, isTest }: PushRequest): Promise<PushAnswer> =>
  new Promise((resolve, reject) => {
    const options = { method: 'POST', headers, signal: AbortSignal.timeout(TIMEOUT_MS) };
    const onAnswer = (answer: IncomingMessage): void => {
      const { statusCode: status = 0, headers: said } = answer;
      discard(answer);
      resolve({ status, retryAfterMs: retryAfterMs(said['retry-after'], systemClock.now().getTime()) });
    };
    const request =
      isTest && endpoint.startsWith('http:')
        ? http.request(endpoint, options, onAnswer)
        : https.request(endpoint, { ...options, ...(isTest ? {} : { agent: publicAgent }) }, onAnswer);
    request.on('error', reject);
    request.end(body ?? undefined);
  });

const discard = (answer: IncomingMessage): void => {
  let bytes = 0;
  // What matters has been read: the connection may end as it likes.
  answer.on('error', () => undefined);
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) answer.destroy();
  });
};

/** Retry-After in seconds or as a date, RFC 9110 section 10.2.3; null when it is neither. */
export const retryAfterMs = (header: string | undefined, nowMs: number): number | null => {
  if (header === undefined) return null;
  const text = header.trim();
  const at = /^\d+$/.test(text) ? nowMs + Number(text) * 1_000 : Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
};
