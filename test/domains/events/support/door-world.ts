import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { DEVICE_ROLE } from '../../../../src/kernel/actor.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type BookingWorld, openBookingWorld, type Sale } from './booking-world.ts';
import type { Caller } from './event-world.ts';

/** What tests look at of a scan's answer. */
export interface ScanAnswer {
  scanId: string;
  outcome: string;
  explanation: string;
  admission?: { admissionId: string; name: string | null; companions: { admissionId: string; isInside: boolean }[] };
  first?: { scanId: string; at: string; deviceId: string; gate: string | null };
  with?: { scanId: string; deviceId: string };
  admittedLocally?: boolean;
  inside: number;
  list: { id: string; name: string };
  reused: boolean;
}

export interface Ticket {
  admissionId: string;
  code: string;
}

/** An enrolled device, as it calls. */
export interface Device {
  id: string;
  caller: Exclude<Caller, string | null>;
  privateKey: KeyObject;
}

/** A booking world with what a door needs. */
export interface DoorWorld extends BookingWorld {
  /** Free tickets of an event that begins in an hour. */
  openDoors: (capacity?: number, fields?: object) => Promise<Sale>;
  /** Books tickets and gives their codes, in the order of the admissions. */
  ticketsFor: (by: string, sale: Sale, quantity?: number) => Promise<Ticket[]>;
  scan: (by: Caller, sale: Sale, code: string, fields?: object) => Promise<ScanAnswer>;
  /** Enrols a device as its host and itself do. */
  enroll: (sale: Sale, fields?: object) => Promise<Device>;
  /** What the database holds of an event's door: outcomes by scan, states, attendances. */
  rowsOf: (eventId: string) => Promise<DoorRows>;
}

export interface DoorRows {
  outcomes: { id: string; outcome: string; rejection: string | null; conflictsWithId: string | null }[];
  states: {
    listId: string;
    participantId: string;
    isInside: boolean;
    entries: number;
    firstCheckInId: string | null;
  }[];
  attendances: { userId: string; scanId: string }[];
}

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

/** A key pair as a device makes it. */
export const newDeviceKey = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ format: 'jwk' }).x ?? '', privateKey };
};

export const signText = (text: string, privateKey: KeyObject): string =>
  sign(null, Buffer.from(text), privateKey).toString('base64url');

export const openDoorWorld = async (): Promise<DoorWorld> => {
  const world = await openBookingWorld();
  const { database } = world;
  return {
    ...world,
    openDoors: (capacity = 500, fields = {}) =>
      world.sell([{ name: 'Regular', price: 0, capacity, maxPerOrder: 100 }], {
        ...{ startDate: inHours(1), endDate: inHours(4) },
        ...fields,
      }),
    ticketsFor: async (by, sale, quantity = 1) => {
      const { id: bookingId } = await world.book(by, sale, quantity);
      const { items } = await world
        .ask<{ items: Ticket[] }>(by, 'booking.tickets', { bookingId })
        .then((answer) => (Array.isArray(answer) ? { items: answer } : answer));
      return items;
    },
    scan: (by, { eventId }, code, fields = {}) =>
      world.ask<ScanAnswer>(by, 'checkin.scan', { eventId, code, scanId: newId(), deviceId: 'gate-1', ...fields }),
    enroll: async ({ eventId, host }, fields = {}) => {
      const name = `Phone ${newId().slice(-6)}`;
      const { token } = await world.ask<{ token: string }>(host, 'scanner.invite', { eventId, name, ...fields });
      const { publicKey, privateKey } = newDeviceKey();
      const signature = signText(`rally-scanner-enroll\n${token}`, privateKey);
      const { scanner, accessToken } = await world.ask<{ scanner: { id: string }; accessToken: string }>(
        null,
        'scanner.enroll',
        { token, publicKey, signature },
      );
      const { actor } = await world.platform.tokens.verify(accessToken);
      if (actor.role !== DEVICE_ROLE) throw new Error('a device has the role of a person');
      return { id: scanner.id, caller: actor, privateKey };
    },
    rowsOf: async (eventId) => ({
      outcomes: await database.$queryRaw<DoorRows['outcomes']>`
        SELECT scan.id, result.outcome::text AS outcome, result.rejection::text AS rejection,
          result.conflicts_with_id AS "conflictsWithId"
        FROM event_check_ins AS scan JOIN check_in_outcomes AS result ON result.check_in_id = scan.id
        WHERE scan.event_id = ${eventId}::uuid ORDER BY scan.id`,
      states: await database.admissionState.findMany({
        where: { eventId },
        orderBy: [{ listId: 'asc' }, { participantId: 'asc' }],
        select: { listId: true, participantId: true, isInside: true, entries: true, firstCheckInId: true },
      }),
      attendances: await database.attendance.findMany({
        where: { eventId },
        orderBy: { userId: 'asc' },
        select: { userId: true, scanId: true },
      }),
    }),
  };
};
