import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../../kernel/errors.ts';

/** Older or newer than this a webhook is not taken: whoever recorded one cannot send it again tomorrow. */
const TOLERANCE_SECONDS = 300;

interface Signed {
  id: string;
  /** Seconds since 1970, as the header has them. */
  timestamp: string;
  body: string;
}

/** Standard Webhooks, symmetric: HMAC-SHA-256 of `id.timestamp.body`, base64, as `webhook-signature` carries it. */
export const signatureOf = (secret: string, signed: Signed): string => `v1,${digest(keysOf(secret)[0], signed)}`;

/**
 * Checks the signature and the age of a webhook.
 * @throws UNAUTHENTICATED naming the header that does not fit
 */
export const checkSignature = (
  secret: string,
  headers: Readonly<Record<string, string>>,
  { body, now }: { body: string; now: Date },
): { id: string } => {
  const id = present(headers, 'webhook-id');
  const timestamp = present(headers, 'webhook-timestamp');
  const given = present(headers, 'webhook-signature').split(' ');
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  // Written so that a timestamp which is no number is refused too.
  if (!(Math.abs(now.getTime() / 1_000 - seconds) <= TOLERANCE_SECONDS)) {
    throw new AppError('UNAUTHENTICATED', `webhook-timestamp: is not within ${TOLERANCE_SECONDS} s of now.`);
  }
  const valid = keysOf(secret).map((key) => `v1,${digest(key, { id, timestamp, body })}`);
  if (!given.some((each) => valid.some((signature) => isEqual(each, signature)))) {
    throw new AppError('UNAUTHENTICATED', 'webhook-signature: does not fit the id, the timestamp and the body.');
  }
  return { id };
};

const MAX_HEADER_LENGTH = 1_000;

const present = (headers: Readonly<Record<string, string>>, name: string): string => {
  const value = headers[name];
  if (value === undefined || value === '') throw new AppError('UNAUTHENTICATED', `${name}: is missing.`);
  if (value.length > MAX_HEADER_LENGTH) throw new AppError('UNAUTHENTICATED', `${name}: is too long.`);
  return value;
};

/** Fewer bytes could be guessed; a text that is no base64 decodes to few or none. */
const MIN_KEY_BYTES = 16;

/** The profile's secrets are base64 behind "whsec_"; programs that know nothing of that take the whole text as the key. */
const keysOf = (secret: string): [Buffer, ...Buffer[]] => {
  const asText = Buffer.from(secret, 'utf8');
  const decoded = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (decoded.length < MIN_KEY_BYTES) return [asText];
  return secret.startsWith('whsec_') ? [decoded, asText] : [asText, decoded];
};

const digest = (key: Buffer, { id, timestamp, body }: Signed): string =>
  createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');

const isEqual = (a: string, b: string): boolean => {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
};
