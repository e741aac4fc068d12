import { z } from 'zod';
import { ScanRejection, ScanVerdict } from '../../../generated/prisma/enums.ts';
import { operation, type Rate } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { line, lookedFor } from '../../../kernel/texts.ts';
import { Id, page, pageInput, pageInputById, Time } from '../../../kernel/wire.ts';
import { CheckInList } from '../check-in-list/contract.ts';
import { Attendee, DoorAdmission, LoggedScan, ScanAnswer, ScanAnswerOutcome } from './shapes/contract.ts';

/** Scans of one upload at most. */
export const MAX_SCANS = 200;
/** Companions that one code lets in at once. */
export const MAX_PARTY = 20;
/** Longer texts are no codes. */
export const MAX_CODE = 400;

/** A code as it was read, whatever it is: what is no ticket is answered INVALID. */
const Code = z.string().max(4_000);
/** A device as the session that scans names it. */
const DeviceName = line(64);
const Gate = line(40);
const Kind = z.enum(['ENTRY', 'EXIT']).default('ENTRY');
const HybridClock = z.string().regex(/^\d{1,19}$/, 'must be a whole number in digits');

const ofEvent = z.object({ eventId: Id });
const place = { listId: Id.optional(), gate: Gate.optional() };
const device = { deviceId: DeviceName.optional() };
/** Per device or person at a door; many doors of one event. */
const scanRates: readonly Rate[] = [
  { limit: 1_000, windowSeconds: 10, by: 'actor' },
  { limit: 50_000, windowSeconds: 10, by: { field: 'eventId' } },
];
const rates: readonly Rate[] = [{ limit: 120, windowSeconds: 60, by: 'actor' }];
const committed = { durability: 'committed', scopes: ['CHECK_INS_WRITE'] } as const;

export const scan = operation({
  ...committed,
  name: 'checkin.scan',
  summary:
    'Say what a code is worth at the door, and let its holder in or out. Every outcome is an answer, not an error; the same scanId always gets the same one. For the event’s team and for enrolled devices; without `listId` the event’s default list is meant, or the device’s own.',
  access: 'device',
  groupBy: 'eventId',
  rates: scanRates,
  input: ofEvent.extend({
    code: Code,
    scanId: Id,
    ...device,
    ...place,
    kind: Kind,
    /** When it was read, by the device’s clock; the server’s own decides. */
    at: Instant.optional(),
    /** Six digits of the guest’s app, where the list asks for them. */
    proof: z
      .string()
      .regex(/^\d{6}$/, 'must be six digits')
      .optional(),
  }),
  output: ScanAnswer,
  errors: [],
  http: 'POST /v1/events/{eventId}/check-ins',
});

export const party = operation({
  ...committed,
  name: 'checkin.party',
  summary:
    'Let chosen companions in by one code: it is read once, and each of them is scanned. All of them belong to the booking of the code.',
  access: 'device',
  rates,
  input: ofEvent.extend({
    code: Code,
    ...device,
    ...place,
    scans: z
      .array(z.object({ admissionId: Id, scanId: Id }))
      .min(1)
      .max(MAX_PARTY),
  }),
  output: z.object({ scans: z.array(ScanAnswer) }),
  errors: [],
  http: 'POST /v1/events/{eventId}/check-ins/party',
});

export const byHand = operation({
  ...committed,
  name: 'checkin.byHand',
  summary:
    'Let somebody in or out without a code, after they were looked up: by supervisors and who runs the event. It is answered as a scan is.',
  access: 'user',
  rates,
  input: ofEvent.extend({ admissionId: Id, scanId: Id, reason: line(200), ...device, ...place, kind: Kind }),
  output: ScanAnswer,
  errors: [],
  http: 'POST /v1/events/{eventId}/check-ins/by-hand',
});

export const find = operation({
  name: 'checkin.find',
  summary: 'Look ticket holders up by the beginning of a name, by supervisors and who runs the event. It is audited.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: ofEvent.extend({
    query: lookedFor(120).min(2),
    listId: Id.optional(),
    ...pageInputById({ most: 50, usual: 20 }),
  }),
  output: page(DoorAdmission),
  errors: [],
  http: 'POST /v1/events/{eventId}/check-ins/find',
});

export const undo = operation({
  ...committed,
  name: 'checkin.undo',
  summary:
    'Take a scan back, as if it had not been: by supervisors, who runs the event, and devices that may. Once, within 12 hours; GONE when it was undone before.',
  access: 'device',
  rates,
  input: ofEvent.extend({ scanId: Id, undoId: Id, reason: line(200) }),
  output: z.object({ outcome: z.literal('UNDONE'), inside: z.int() }),
  errors: ['GONE', 'CONFLICT'],
  http: 'POST /v1/events/{eventId}/check-ins/{scanId}/undo',
});

/** A scan as a device kept it. */
export const OfflineScan = z
  .object({
    scanId: Id,
    code: Code,
    ...device,
    ...place,
    kind: Kind,
    at: Instant,
    /** The count that an enrolled device keeps of its uploads, from 1 without gaps. */
    deviceSeq: z.int().min(1).optional(),
    /** The device’s hybrid clock; made from `at` when absent. */
    hlc: HybridClock.optional(),
    /** The device let them in, or sent them away. */
    localVerdict: z.enum(ScanVerdict).default('ADMITTED'),
    /** Why it refused. */
    rejection: z.enum(ScanRejection).optional(),
    bundleEpoch: z.int().min(0).default(0),
  })
  .meta({ id: 'OfflineScan' });

export const sync = operation({
  ...committed,
  name: 'checkin.sync',
  summary:
    'Upload scans that were made without network, in any order and as often as one likes: each is written once, and answered with what all scans known by then make of it. A scan that cannot be read is put aside and answered INVALID; the device may forget whatever is answered.',
  access: 'device',
  rates: scanRates,
  input: ofEvent.extend({
    // Judged one by one: a scan that is broken must not keep the others from arriving.
    scans: z
      .array(z.union([OfflineScan, z.looseObject({ scanId: Id })]))
      .min(1)
      .max(MAX_SCANS),
  }),
  output: z.object({
    outcomes: z.array(ScanAnswer.omit({ admission: true, inside: true, list: true })),
    inside: z.int(),
    /** The lowest number of the device’s own count that has not arrived; null for a session. */
    nextSeq: z.int().nullable(),
    /** The server’s hybrid clock, for the device to go on above. */
    serverHlc: z.string(),
    /** Version of the bundle as it is now. */
    epoch: z.int(),
  }),
  errors: [],
  http: 'POST /v1/events/{eventId}/check-ins/sync',
});

export const bundle = operation({
  name: 'checkin.bundle',
  summary:
    'What a device needs to work without network: keys, rules, dead codes, and for each ticket a box that only its code opens. With the `version` of the one it has, a device hears only whether that is still good. The gate key is for enrolled devices alone. docs/door.md has the formats.',
  access: 'device',
  durability: 'read',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: ofEvent.extend({
    version: z
      .string()
      .max(200)
      .regex(/^[\d.]+$/, 'must be the version of a bundle')
      .optional(),
  }),
  output: z.object({
    version: z.string(),
    isUnchanged: z.boolean(),
    /** Dead codes are those of revocations up to this number. */
    epoch: z.int(),
    serverHlc: z.string(),
    contents: z
      .object({
        event: z.object({ id: Id, title: z.string(), startDate: Time, endDate: Time, timeZone: z.string() }),
        /** The list that the device scans for; null where the event has none yet. */
        listId: Id.nullable(),
        lists: z.array(CheckInList),
        keys: z.array(z.object({ number: z.int(), publicKey: z.string() })),
        /** 32 bytes in base64; null for a person’s session. */
        gateKey: z.string().nullable(),
        types: z.array(z.object({ id: Id, number: z.int(), validFrom: Time, validUntil: Time })),
        /** 18 bytes each, in base64: an admission, and the lowest generation of its code that is good. */
        revocations: z.string(),
        /** `h`: 16 bytes that name a code; `c`: what is said of its holder, sealed with the code. Both base64url. */
        tickets: z.array(z.object({ h: z.string(), c: z.string() })),
      })
      .nullable(),
  }),
  errors: [],
  http: 'GET /v1/events/{eventId}/check-in-bundle',
});

export const log = operation({
  name: 'checkin.log',
  summary:
    'Every scan of an event, latest received first, for supervisors and who runs the event. `outcome: CONFLICT` lists what was let in twice.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: ofEvent.extend({
    outcome: ScanAnswerOutcome.optional(),
    listId: Id.optional(),
    gate: Gate.optional(),
    admissionId: Id.optional(),
    ...pageInput(),
  }),
  output: page(LoggedScan),
  errors: [],
  http: 'GET /v1/events/{eventId}/check-ins',
});

export const attendees = operation({
  name: 'checkin.attendees',
  summary: 'Who is expected and who came, by supervisors and who runs the event.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: ofEvent.extend({ hasCome: z.boolean().optional(), ...pageInputById({ most: 500, usual: 100 }) }),
  output: page(Attendee),
  errors: [],
  http: 'GET /v1/events/{eventId}/attendees',
});
