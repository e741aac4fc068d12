import { createHash } from 'node:crypto';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

const isWebhookSecret = (text: string): boolean => {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  return (
    bytes.length >= 24 &&
    bytes.length <= 64 &&
    bytes.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '')
  );
};

/** An address of the web without path, query or anything else behind its host. */
const isOrigin = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;

/** What a process reads about payments; a part of the environment. */
export const PaymentEnvironment = z.object({
  /** Must be named in production: nobody takes play money there because a variable was forgotten. */
  PAYMENT_PROVIDER: z.enum(['sandbox', 'stripe']).optional(),
  /** Where clients and providers reach the server from outside, without a path. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where else than to this server payers may be sent back to: origins, such as https://events.example, separated by commas. */
  PAYMENT_RETURN_ORIGINS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()])))
    .pipe(z.array(z.string().refine(isOrigin, 'must be origins, such as https://events.example, separated by commas'))),
  /** Standard Webhooks: "whsec_" and 24 to 64 random bytes in base64. */
  SANDBOX_WEBHOOK_SECRET: z
    .string()
    .refine(isWebhookSecret, 'must be "whsec_" and 24 to 64 random bytes in base64')
    .optional(),
  /** Where the sandbox reaches this server, when that is not where clients do: behind a balancer of its own network. */
  SANDBOX_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[sr]k_\w{8,}$/, 'must be a secret (sk_…) or restricted (rk_…) key of Stripe')
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\w{8,}/, 'must be the signing secret (whsec_…) of a Stripe webhook endpoint')
    .optional(),
  /** Another host that speaks Stripe's API: a test double, or a proxy. */
  STRIPE_API_HOST: z.string().min(1).optional(),
  STRIPE_API_PORT: port.optional(),
  STRIPE_API_PROTOCOL: z.enum(['http', 'https']).optional(),
});

export interface StripeSettings {
  secretKey: string;
  webhookSecret: string;
  host: string | undefined;
  port: number | undefined;
  protocol: 'http' | 'https' | undefined;
}

/** Which provider takes new payments, and what is needed to talk to it. */
export interface PaymentSettings {
  /** New payments go to it; webhooks of another one are not taken. */
  provider: 'SANDBOX' | 'STRIPE';
  /** Without a slash at its end. */
  publicUrl: string;
  /** Where else payers may be sent back to. */
  returnOrigins: readonly string[];
  sandboxSecret: string;
  /** Where the sandbox sends its webhooks, without a slash at its end. */
  sandboxWebhookUrl: string;
  /** Present when the provider is STRIPE. */
  stripe: StripeSettings | undefined;
}

interface Surroundings {
  production: boolean;
  port: number;
  encryptionKey: string;
}

/** @throws Error naming the variable that is missing */
export const paymentSettings = (
  env: z.output<typeof PaymentEnvironment>,
  { production, port, encryptionKey }: Surroundings,
): PaymentSettings => {
  if (env.PAYMENT_PROVIDER === undefined && production) {
    throw incomplete(
      'PAYMENT_PROVIDER',
      'must be named in production: stripe, or sandbox, where everybody may pay with nothing',
    );
  }
  const isSandbox = env.PAYMENT_PROVIDER !== 'stripe';
  if (isSandbox && production) given('SANDBOX_WEBHOOK_SECRET', env.SANDBOX_WEBHOOK_SECRET);
  const publicUrl = withoutSlash(env.PUBLIC_URL ?? `http://localhost:${port}`);
  return {
    provider: isSandbox ? 'SANDBOX' : 'STRIPE',
    publicUrl,
    returnOrigins: env.PAYMENT_RETURN_ORIGINS,
    sandboxSecret: env.SANDBOX_WEBHOOK_SECRET ?? derivedSecret(encryptionKey),
    sandboxWebhookUrl: withoutSlash(env.SANDBOX_WEBHOOK_URL ?? publicUrl),
    stripe: isSandbox ? undefined : stripeSettings(env),
  };
};

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** Outside production every process of one installation comes to the same secret without being told it. */
const derivedSecret = (encryptionKey: string): string =>
  `whsec_${createHash('sha256').update(`sandbox webhooks ${encryptionKey}`).digest('base64')}`;

const stripeSettings = (env: z.output<typeof PaymentEnvironment>): StripeSettings => ({
  secretKey: given('STRIPE_SECRET_KEY', env.STRIPE_SECRET_KEY),
  webhookSecret: given('STRIPE_WEBHOOK_SECRET', env.STRIPE_WEBHOOK_SECRET),
  host: env.STRIPE_API_HOST,
  port: env.STRIPE_API_PORT,
  protocol: env.STRIPE_API_PROTOCOL,
});

const given = (name: string, value: string | undefined): string => {
  if (value === undefined) throw incomplete(name, 'is needed to take payments');
  return value;
};

const incomplete = (name: string, reason: string): Error =>
  new Error(`The configuration is not complete:\n  ${name}: ${reason}`);
