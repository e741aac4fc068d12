import { z } from 'zod';
import { ScannerScope, ScannerStatus } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { line, lineOrNothing } from '../../../kernel/texts.ts';
import { Id, page, pageInputById, Time } from '../../../kernel/wire.ts';

/** Devices of one event at most, revoked ones included. */
export const MAX_SCANNERS = 500;

const Base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/, 'must be base64url');
/** An Ed25519 key's raw 32 bytes. */
export const PublicKey = Base64Url.length(43);
/** An Ed25519 signature's 64 bytes. */
export const Signature = Base64Url.length(86);

/** A device that scans at a door without anybody's session. */
export const Scanner = z
  .object({
    id: Id,
    eventId: Id,
    name: z.string(),
    status: z.enum(ScannerStatus),
    scope: z.enum(ScannerScope),
    /** The list it scans for; null is the event's default list. */
    listId: Id.nullable(),
    gate: z.string().nullable(),
    agent: z.string().nullable(),
    registeredById: Id,
    /** Its highest own number that arrived. */
    lastSeq: z.int(),
    /** Version of the bundle that it had at its last upload. */
    bundleEpoch: z.int(),
    lastSeenAt: Time.nullable(),
    expiresAt: Time.nullable(),
    revokedAt: Time.nullable(),
    createdAt: Time,
  })
  .meta({ id: 'Scanner' });

/** The device with its access token, which is used as people's are, for operations that devices may call. */
const Grant = z.object({ scanner: Scanner, accessToken: z.string(), expiresAt: Time });

const common = { access: 'user', durability: 'committed', errors: ['CONFLICT'] } as const;
const rates = [{ limit: 60, windowSeconds: 60, by: 'actor' }] as const;
const ofEvent = z.object({ eventId: Id });
const ofScanner = ofEvent.extend({ scannerId: Id });

export const invite = operation({
  ...common,
  name: 'scanner.invite',
  summary:
    'Prepare a device for an event’s door, by who runs the event. The token is shown once, as a QR code for example, and enrols one device within ten minutes. The device works until `expiresAt`, at most 12 hours after the event’s end, which is also the default.',
  rates,
  input: ofEvent.extend({
    name: line(80),
    listId: Id.optional(),
    gate: line(40).optional(),
    scope: z.enum(ScannerScope).default('SCAN'),
    expiresAt: Instant.optional(),
  }),
  output: z.object({ scanner: Scanner, token: z.string(), tokenExpiresAt: Time }),
  http: 'POST /v1/events/{eventId}/scanners',
});

export const enroll = operation({
  name: 'scanner.enroll',
  summary:
    'Give an invited device its own key. `signature` is made with that key over the text `rally-scanner-enroll\\n{token}`. GONE for a token that was used or is too old.',
  access: 'public',
  durability: 'committed',
  repeatsBy: 'token',
  rates: [{ limit: 10, windowSeconds: 60, by: 'address' }],
  input: z.object({
    /** Of the invitation. */
    token: Base64Url.length(43),
    publicKey: PublicKey,
    signature: Signature,
    agent: lineOrNothing(300).optional(),
  }),
  output: Grant,
  errors: ['GONE', 'CONFLICT'],
  http: 'POST /v1/scanners/enroll',
});

export const authenticate = operation({
  name: 'scanner.authenticate',
  summary:
    'Get an access token for an enrolled device. `signature` is made with the device’s key over the text `rally-scanner-authenticate\\n{scannerId}\\n{at}`; each `at` must be later than the one before, and within five minutes of the server’s clock. A revoked device gets a token, too: what it still holds is taken and marked as untrusted.',
  access: 'public',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: { field: 'scannerId' } }],
  input: z.object({ scannerId: Id, at: Instant, signature: Signature }),
  output: Grant,
  errors: ['GONE'],
  http: 'POST /v1/scanners/{scannerId}/authenticate',
});

export const rename = operation({
  ...common,
  name: 'scanner.rename',
  summary: 'Give a device another name or gate.',
  rates,
  input: ofScanner.extend({ name: line(80).optional(), gate: line(40).nullable().optional() }),
  output: Scanner,
  http: 'PATCH /v1/events/{eventId}/scanners/{scannerId}',
});

export const markLost = operation({
  ...common,
  name: 'scanner.markLost',
  summary:
    'Say that a device is lost: it is refused at once, and scans that it uploads later are kept and change nothing.',
  rates,
  input: ofScanner,
  output: Scanner,
  http: 'POST /v1/events/{eventId}/scanners/{scannerId}/lost',
});

export const revoke = operation({
  ...common,
  name: 'scanner.revoke',
  summary: 'End a device’s work for good. What it uploads later is kept and changes nothing.',
  rates,
  input: ofScanner,
  output: Scanner,
  http: 'DELETE /v1/events/{eventId}/scanners/{scannerId}',
});

export const list = operation({
  name: 'scanner.list',
  summary: 'The devices of an event, newest first, for who runs it.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: ofEvent.extend(pageInputById()),
  output: page(Scanner),
  errors: [],
  http: 'GET /v1/events/{eventId}/scanners',
});
