import { z } from 'zod';
import { DevicePlatform, PushProvider } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Locale, line } from '../../../kernel/texts.ts';
import { Id } from '../../../kernel/wire.ts';

const Time = z.iso.datetime();

/** As browsers resolve it: host in lower case, no default port; a fragment is not sent. What is no address stays. */
const normalAddress = (address: string): string => {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.hash = '';
  return url.href;
};

/** What `PushSubscription.toJSON()` gives in a browser; its keys are those of RFC 8291. */
const Subscription = z.object({
  /** Kept in one spelling, so that one address is one device. */
  endpoint: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .overwrite(normalAddress),
  keys: z.object({
    /** An uncompressed point of P-256, base64url. */
    p256dh: z.string().regex(/^[A-Za-z0-9_-]{87}=?$/),
    /** 16 random bytes, base64url. */
    auth: z.string().regex(/^[A-Za-z0-9_-]{22}(==)?$/),
  }),
});

/** Only what can be delivered is taken. */
const Provider = z.literal('WEB_PUSH', { error: 'only WEB_PUSH is delivered; there is no way to FCM or APNS yet' });

/** One of a person's devices that is told things while nothing is open. What it is reached by is never shown. */
export const Device = z
  .object({
    id: Id,
    platform: z.enum(DevicePlatform),
    provider: z.enum(PushProvider),
    appVersion: z.string().nullable(),
    locale: z.string().nullable(),
    registeredAt: Time,
    lastSeenAt: Time,
    /** It was registered in the session that asks. */
    isCurrent: z.boolean(),
    /** False once its push service said that it is gone; registering it again revives it. */
    isReachable: z.boolean(),
  })
  .meta({ id: 'Device' });

export const register = operation({
  name: 'device.register',
  summary:
    'Have this device told things while nothing is open, until the session ends. It belongs to who registered it last; of more than 20 the one longest unseen is forgotten.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    platform: z.enum(DevicePlatform),
    provider: Provider,
    subscription: Subscription,
    /** As the app says it, such as `1.0.0 (45)`. */
    appVersion: line(40).optional(),
    locale: Locale.optional(),
  }),
  output: Device,
  errors: ['CONFLICT'],
  http: 'POST /v1/me/devices',
});

export const list = operation({
  name: 'device.list',
  summary: 'The caller’s devices that are told things, and the key by which a browser subscribes.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: z.object({}),
  output: z.object({
    items: z.array(Device),
    /** For `pushManager.subscribe` (RFC 8292), base64url; null where nothing is pushed. */
    applicationServerKey: z.string().nullable(),
  }),
  errors: [],
  http: 'GET /v1/me/devices',
});

export const unregister = operation({
  name: 'device.unregister',
  summary: 'Tell a device no more.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: z.object({ deviceId: Id }),
  output: z.object({}),
  errors: [],
  http: 'DELETE /v1/me/devices/{deviceId}',
});
