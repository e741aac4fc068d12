import { z } from 'zod';
import { TicketKind } from '../../../generated/prisma/enums.ts';
import { operation, room, signal } from '../../../kernel/contract.ts';
import { Id, Time } from '../../../kernel/wire.ts';
import { LoggedScan, ScanChange } from '../checkin/shapes/contract.ts';

export const doorRoom = room({
  name: 'door:{eventId}',
  summary: 'An event’s doors, for its team and its enrolled devices. What it tells is stored where it happened.',
});

/** Totals of an event's doors. They are absolute, so a later one replaces all before it. */
export const DoorCounts = z
  .object({
    eventId: Id,
    /** Tickets that came in at some door. */
    admitted: z.int(),
    /** Tickets that are inside now. */
    inside: z.int(),
    /** Tickets that are issued. */
    expected: z.int(),
    /** Scans that are a conflict. */
    conflicts: z.int(),
    lists: z.array(z.object({ listId: Id, name: z.string(), admitted: z.int(), inside: z.int(), expected: z.int() })),
  })
  .meta({ id: 'DoorCounts' });

export const counted = signal({
  name: 'checkin.counted',
  summary: 'How many people came and are inside, after scans.',
  data: DoorCounts,
  room: doorRoom,
});

export const noted = signal({
  name: 'checkin.noted',
  summary: 'Scans that were written down, or that others turned into something else. No names.',
  data: z.object({
    eventId: Id,
    scans: z.array(ScanChange),
  }),
  room: doorRoom,
});

export const ticketRevoked = signal({
  name: 'ticket.revoked',
  summary: 'Codes are dead from now on: each of these admissions’ below a generation. Devices refuse them at once.',
  data: z.object({
    eventId: Id,
    /** Version of the bundle that contains them. */
    epoch: z.int(),
    tickets: z.array(z.object({ admissionId: Id, minGeneration: z.int() })),
  }),
  room: doorRoom,
});

export const changed = signal({
  name: 'door.changed',
  summary: 'The rules of a list are others than before, or a list came or went.',
  data: z.object({ eventId: Id, listId: Id, rulesEpoch: z.int() }),
  room: doorRoom,
});

export const scannerChanged = signal({
  name: 'scanner.changed',
  summary: 'A device was enrolled, renamed, lost or revoked.',
  data: z.object({ eventId: Id, scannerId: Id, status: z.enum(['INVITED', 'ACTIVE', 'LOST', 'REVOKED']) }),
  room: doorRoom,
});

export const admitted = signal({
  name: 'checkin.admitted',
  summary: 'To the holder of a ticket: the door let you in.',
  data: z.object({ eventId: Id, admissionId: Id, listId: Id, at: Time }),
});

const Group = z.object({ admitted: z.int(), expected: z.int() });

export const board = operation({
  name: 'door.board',
  summary:
    'Everything that an event’s board shows, for its team: totals, by type, gate and device, by minute, and the last scans.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: z.object({ eventId: Id }),
  output: DoorCounts.extend({
    title: z.string(),
    startDate: Time,
    endDate: Time,
    timeZone: z.string(),
    types: z.array(
      Group.extend({ ticketTypeId: Id.nullable(), name: z.string(), kind: z.enum(TicketKind).nullable() }),
    ),
    gates: z.array(z.object({ gate: z.string().nullable(), admitted: z.int(), lastScanAt: Time })),
    devices: z.array(
      z.object({
        deviceId: z.string(),
        name: z.string().nullable(),
        scans: z.int(),
        admitted: z.int(),
        lastSeenAt: Time,
        /** Revocations that the device has not heard of; null for a device that is not enrolled. */
        epochsBehind: z.int().nullable(),
        /** Numbers of its own count that have not arrived; null for a device that is not enrolled. */
        missing: z.int().nullable(),
      }),
    ),
    /** Entries of each of the last 60 minutes, the oldest first. */
    perMinute: z.array(z.int()),
    lastScans: z.array(LoggedScan),
    /** The door room’s number that this is equal to; later signals go on from it. */
    seq: z.int(),
  }),
  errors: [],
  http: 'GET /v1/events/{eventId}/door',
});
