import { createECDH } from 'node:crypto';
import { z } from 'zod';

/** What a process reads about push; a part of the environment. */
export const PushEnvironment = z.object({
  /** A scalar of P-256, 32 bytes in base64url; without it nothing is pushed. */
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}=?$/)
    .optional(),
  /** It follows from the private key; a pair that does not belong together is refused. */
  VAPID_PUBLIC_KEY: z.string().min(1).optional(),
  /** Whom a push service writes to about our messages: mailto: or https:. */
  VAPID_SUBJECT: z.url({ protocol: /^(mailto|https)$/ }).optional(),
  /** One more origin that may be called, though it is no public host or speaks http. Not in production. */
  PUSH_TEST_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
});

/** Who we are to push services. */
export interface PushSettings {
  /** Both base64url. */
  publicKey: string;
  privateKey: string;
  subject: string;
  testOrigin: string | undefined;
}

/**
 * @param mailFrom whose address is named where VAPID_SUBJECT is not given
 * @returns undefined where nothing is pushed
 * @throws Error naming the variable that is wrong
 */
export const pushSettings = (
  env: z.output<typeof PushEnvironment>,
  { production, mailFrom }: { production: boolean; mailFrom: string },
): PushSettings | undefined => {
  const { VAPID_PRIVATE_KEY: privateKey, VAPID_PUBLIC_KEY: given, PUSH_TEST_ORIGIN: testOrigin } = env;
  if (testOrigin !== undefined && production) throw new Error('PUSH_TEST_ORIGIN: is not for production');
  if (privateKey === undefined) {
    if (given === undefined) return undefined;
    throw new Error('VAPID_PRIVATE_KEY: is missing beside VAPID_PUBLIC_KEY');
  }
  const publicKey = vapidPublicKey(privateKey);
  if (given !== undefined && given.replace(/=+$/, '') !== publicKey) {
    throw new Error('VAPID_PUBLIC_KEY: does not belong to VAPID_PRIVATE_KEY');
  }
  const subject = env.VAPID_SUBJECT ?? `mailto:${/<(.+)>/.exec(mailFrom)?.[1] ?? mailFrom}`;
  return { publicKey, privateKey: privateKey.replace(/=+$/, ''), subject, testOrigin };
};

/** The point of a private key, uncompressed. @throws Error when it is no key of P-256 */
const vapidPublicKey = (privateKey: string): string => {
  const pair = createECDH('prime256v1');
  try {
    pair.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  } catch (error) {
    throw new Error('VAPID_PRIVATE_KEY: is no private key of P-256', { cause: error });
  }
  return pair.getPublicKey().toString('base64url');
};
