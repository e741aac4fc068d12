import { z } from 'zod';
import { ParticipantRole } from '../../../../generated/prisma/enums.ts';
import { Id, Time } from '../../../../kernel/wire.ts';

/** The answers of a door, in the words of docs/door.md. */
export const ScanAnswerOutcome = z.enum([
  ...([
    'ADMITTED',
    'DUPLICATE',
    'CONFLICT',
    'EXITED',
    'EXIT_WITHOUT_ENTRY',
    'REVOKED',
    'INVALID',
    'WRONG_EVENT',
  ] as const),
  ...(['CANCELLED', 'WRONG_LIST', 'OUTSIDE_WINDOW', 'UNPAID', 'UNTRUSTED', 'UNDONE'] as const),
]);

/** A scan that others refer to. */
export const ScanRef = z.object({
  scanId: Id,
  at: Time,
  /** As it was named by who scanned; the device's own id if it is enrolled. */
  deviceId: z.string(),
  gate: z.string().nullable(),
});

/** A ticket's holder, as the door sees them. */
export const DoorAdmission = z
  .object({
    admissionId: Id,
    name: z.string().nullable(),
    role: z.enum(ParticipantRole),
    ticketType: z.string().nullable(),
    seatLabel: z.string().nullable(),
    isInside: z.boolean(),
  })
  .meta({ id: 'DoorAdmission' });

export const ScanAnswer = z
  .object({
    scanId: Id,
    outcome: ScanAnswerOutcome,
    /** One sentence for who stands at the door. */
    explanation: z.string(),
    /** Absent for a code that is not of this event. */
    admission: DoorAdmission.extend({
      /** The other tickets of the booking, at most 20. */
      companions: z.array(DoorAdmission),
    }).optional(),
    /** The scan that let the ticket in, for DUPLICATE. */
    first: ScanRef.optional(),
    /** The scan that holds the admission, for CONFLICT. */
    with: ScanRef.optional(),
    /** For REVOKED: the device let the person in all the same. */
    admittedLocally: z.boolean().optional(),
    /** People inside the event now. */
    inside: z.int(),
    list: z.object({ id: Id, name: z.string() }),
    /** The scan was known: this is its answer, as it stands now. */
    reused: z.boolean(),
  })
  .meta({ id: 'ScanAnswer' });

/** A scan in the log of a door. */
export const LoggedScan = z
  .object({
    scanId: Id,
    kind: z.enum(['ENTRY', 'EXIT', 'UNDO']),
    outcome: ScanAnswerOutcome,
    /** It was undone. */
    isVoided: z.boolean(),
    admissionId: Id.nullable(),
    name: z.string().nullable(),
    ticketType: z.string().nullable(),
    listId: Id.nullable(),
    gate: z.string().nullable(),
    deviceId: z.string().nullable(),
    staffId: Id.nullable(),
    /** The scan that holds the admission, for CONFLICT. */
    withScanId: Id.nullable(),
    undoesId: Id.nullable(),
    reason: z.string().nullable(),
    isOffline: z.boolean(),
    /** The device’s clock ran more than five minutes ahead. */
    isClockSuspect: z.boolean(),
    scannedAt: Time,
    receivedAt: Time,
  })
  .meta({ id: 'LoggedScan' });

/** One holder of a ticket in the attendance list. */
export const Attendee = DoorAdmission.extend({
  /** When they first came in; null for who has not. */
  admittedAt: Time.nullable(),
}).meta({ id: 'Attendee' });

/** A scan that was written down, or that others turned into something else. */
export const ScanChange = z.object({
  scanId: Id,
  kind: z.enum(['ENTRY', 'EXIT', 'UNDO']),
  outcome: ScanAnswerOutcome,
  /** The outcome before; null for a scan that is new. */
  previous: ScanAnswerOutcome.nullable(),
  admissionId: Id.nullable(),
  listId: Id.nullable(),
  gate: z.string().nullable(),
  deviceId: z.string().nullable(),
  /** For CONFLICT: the scan that holds the admission, and its device. */
  withScanId: Id.nullable(),
  withDeviceId: z.string().nullable(),
  at: Time,
});
