import webPush from 'web-push';
import { objectionTo } from './endpoint.ts';
import { type PushAnswer, post } from './post.ts';
import { NotPublic } from './public-addresses.ts';
import type { PushSettings } from './push-settings.ts';

/** How a browser is reached, as it said itself. */
export interface PushSubscription {
  endpoint: string;
  /** Both base64url: a point of P-256, and a secret of 16 bytes. */
  keys: { p256dh: string; auth: string };
}

/** A message to one browser. */
export interface PushMessage {
  /** At most 32 characters of base64url. A message that waits is replaced by one with the same topic (RFC 8030, 5.4). */
  topic: string;
  /** Encrypted; at most 3,993 bytes are taken everywhere. */
  text: string;
  /** How long the push service keeps it for a browser that is away. */
  ttlSeconds: number;
  isUrgent: boolean;
}

/** Sends to browsers that are not open. */
export interface Pusher {
  /** For `pushManager.subscribe`, base64url. */
  publicKey: string;
  /** Why an endpoint is never called, as the end of a sentence; null when it may be. Names are resolved only by `send`. */
  objectionTo: (endpoint: string) => string | null;
  /** @throws PushGone, PushRefused when a repeat cannot help, another Error when it may, PushBusy when it is told when */
  send: (to: PushSubscription, message: PushMessage) => Promise<void>;
}

/** The push service will never take this message, or is none that may be called. */
export class PushRefused extends Error {}

/** The browser unsubscribed: the endpoint will never be reached again. */
export class PushGone extends PushRefused {}

/** The push service wants to be left alone for a while. */
export class PushBusy extends Error {
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

export const createPusher = ({ publicKey, privateKey, subject, testOrigin }: PushSettings): Pusher => ({
  publicKey,
  objectionTo: (endpoint) => objectionTo(endpoint, testOrigin),
  send: async (to, { topic, text, ttlSeconds, isUrgent }) => {
    const objection = objectionTo(to.endpoint, testOrigin);
    if (objection) throw new PushRefused(`the endpoint ${objection}`);
    const { headers, body } = webPush.generateRequestDetails(to, text, {
      vapidDetails: { subject, publicKey, privateKey },
      TTL: ttlSeconds,
      urgency: isUrgent ? 'high' : 'normal',
      topic,
      contentEncoding: 'aes128gcm',
    });
    const isTest = new URL(to.endpoint).origin === testOrigin;
    const failure = failureIn(await post(to.endpoint, { headers, body, isTest }).catch(refuseNotPublic));
    if (failure) throw failure;
  },
});

const GONE: ReadonlySet<number> = new Set([404, 410]);
const PASSING: ReadonlySet<number> = new Set([408, 429]);

/** Null when the message was taken. A redirect is a refusal, as it is not followed. */
const failureIn = ({ status, retryAfterMs }: PushAnswer): Error | null => {
  if (status >= 200 && status < 300) return null;
  const said = `the push service answered ${status}`;
  if (GONE.has(status)) return new PushGone(said);
  if (status < 500 && !PASSING.has(status)) return new PushRefused(said);
  return retryAfterMs === null ? new Error(said) : new PushBusy(said, retryAfterMs);
};

const refuseNotPublic = (error: unknown): never => {
  throw error instanceof NotPublic ? new PushRefused(error.message, { cause: error }) : error;
};
