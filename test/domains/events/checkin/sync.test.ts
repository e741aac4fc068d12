import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { type Device, type DoorWorld, openDoorWorld, signText, type Ticket } from '../support/door-world.ts';
import { codeOf } from '../support/event-world.ts';

let world: DoorWorld;
let host: string;
let guest: string;

beforeAll(async () => {
  world = await openDoorWorld();
  [host = '', guest = ''] = world.people;
});
afterAll(() => world.close());

interface Answer {
  outcomes: { scanId: string; outcome: string; reused: boolean; explanation: string; with?: { deviceId: string } }[];
  inside: number;
  nextSeq: number | null;
  epoch: number;
}

const offline = (code: string, atMs: number, fields: object = {}) => ({
  ...{ scanId: newId(), code, at: new Date(atMs).toISOString(), localVerdict: 'ADMITTED' },
  ...fields,
});

const upload = (by: Device | string, eventId: string, scans: object[]): Promise<Answer> =>
  world.ask<Answer>(typeof by === 'string' ? by : by.caller, 'checkin.sync', { eventId, scans });

test('two devices that were apart: both have let the ticket in, and the answer names them; one attendance stands (C9)', async () => {
  const sale = await world.openDoors();
  const [ticket] = await world.ticketsFor(guest, sale);
  const [north, south] = [await world.enroll(sale, { gate: 'North' }), await world.enroll(sale, { gate: 'South' })];
  const now = Date.now();
  const later = offline(ticket?.code ?? '', now + 2_000, { deviceSeq: 1 });
  const earlier = offline(ticket?.code ?? '', now + 1_000, { deviceSeq: 1 });
  expect(await upload(south, sale.eventId, [later])).toMatchObject({
    outcomes: [{ outcome: 'ADMITTED' }],
    ...{ inside: 1, nextSeq: 2 },
  });
  expect((await upload(north, sale.eventId, [earlier])).outcomes).toMatchObject([{ outcome: 'ADMITTED' }]);
  const again = await upload(south, sale.eventId, [later]);
  expect(again.outcomes).toMatchObject([{ outcome: 'CONFLICT', reused: true, with: { deviceId: north.id } }]);
  expect((await world.rowsOf(sale.eventId)).attendances).toEqual([{ userId: guest, scanId: earlier.scanId }]);
  await world.settle();
  const noted = (await world.log(`door:${sale.eventId}`)).filter(({ signal }) => signal === 'checkin.noted');
  expect(noted.at(-1)?.data).toMatchObject({
    scans: expect.arrayContaining([
      expect.objectContaining({
        scanId: later.scanId,
        outcome: 'CONFLICT',
        previous: 'ADMITTED',
        withDeviceId: north.id,
      }),
    ]),
  });
});

test('what an online door admitted becomes a conflict when an earlier scan arrives, and the person stays inside (D3)', async () => {
  const sale = await world.openDoors();
  const [ticket] = await world.ticketsFor(guest, sale);
  const online = await world.scan(host, sale, ticket?.code ?? '');
  const { outcomes, inside } = await upload(host, sale.eventId, [
    offline(ticket?.code ?? '', Date.now() - 60_000, { deviceId: 'tablet' }),
  ]);
  expect(outcomes).toMatchObject([{ outcome: 'ADMITTED' }]);
  expect(inside).toBe(1);
  const stored = (await world.rowsOf(sale.eventId)).outcomes.find(({ id }) => id === online.scanId);
  expect(stored).toMatchObject({ outcome: 'CONFLICT', conflictsWithId: outcomes[0]?.scanId });
});

test('a scan that cannot be read is put aside, and the others arrive (C8)', async () => {
  const sale = await world.openDoors();
  const [ticket] = await world.ticketsFor(guest, sale);
  const broken = { scanId: newId(), code: 42, at: 'yesterday' };
  const good = offline(ticket?.code ?? '', Date.now());
  const forged = offline('NOT A TICKET', Date.now());
  const { outcomes } = await upload(host, sale.eventId, [broken, good, forged, broken]);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['INVALID', 'ADMITTED', 'INVALID', 'INVALID']);
  expect(outcomes[0]?.explanation).toContain('code');
  const kept = await world.database.doorQuarantine.findMany({ where: { eventId: sale.eventId } });
  expect(kept).toHaveLength(1);
  expect(kept[0]?.payload).toMatchObject({ text: expect.stringContaining('yesterday') });
  const anonymous = await world.call(host, 'checkin.sync', { eventId: sale.eventId, scans: [{ code: 'x' }] });
  expect(codeOf(anonymous)).toBe('INVALID_INPUT');
});

test('a device’s count: a gap is named, a number used twice loses no scan', async () => {
  const sale = await world.openDoors();
  const tickets = await world.ticketsFor(guest, sale, 4);
  const device = await world.enroll(sale);
  const numbered = (place: number, deviceSeq: number) =>
    offline(tickets[place]?.code ?? '', Date.now() + place, { deviceSeq });
  expect((await upload(device, sale.eventId, [numbered(0, 1), numbered(1, 3)])).nextSeq).toBe(2);
  const { outcomes, nextSeq } = await upload(device, sale.eventId, [numbered(2, 2), numbered(3, 3)]);
  expect(nextSeq).toBe(4);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['ADMITTED', 'ADMITTED']);
});

test('a stolen device: what it brings later is kept and changes nothing (C10)', async () => {
  const sale = await world.openDoors();
  const { eventId } = sale;
  const [ticket] = await world.ticketsFor(guest, sale);
  const device = await world.enroll(sale);
  expect((await world.scan(device.caller, sale, ticket?.code ?? '')).outcome).toBe('ADMITTED');
  await world.ask(host, 'scanner.markLost', { eventId, scannerId: device.id });
  await world.settle();
  expect(await world.platform.revocations.isRevoked(device.caller.sessionId ?? '')).toBe(true);
  const before = await world.rowsOf(eventId);
  const online = await world.call(device.caller, 'checkin.scan', { eventId, code: ticket?.code, scanId: newId() });
  expect(codeOf(online)).toBe('FORBIDDEN');
  const at = new Date(Date.now() + 1_000).toISOString();
  const signature = signText(`rally-scanner-authenticate\n${device.id}\n${at}`, device.privateKey);
  const proof = { scannerId: device.id, at, signature };
  const { accessToken } = await world.ask<{ accessToken: string }>(null, 'scanner.authenticate', proof);
  expect(codeOf(await world.call(null, 'scanner.authenticate', proof))).toBe('UNAUTHENTICATED');
  const { actor } = await world.platform.tokens.verify(accessToken);
  const { outcomes } = await upload({ ...device, caller: actor }, eventId, [
    offline(ticket?.code ?? '', Date.now() + 5_000, { kind: 'EXIT', deviceSeq: 1 }),
  ]);
  expect(outcomes).toMatchObject([{ outcome: 'UNTRUSTED' }]);
  const after = await world.rowsOf(eventId);
  expect({ ...after, outcomes: [] }).toEqual({ ...before, outcomes: [] });
});

interface Upload {
  device: number;
  scans: object[];
}

/** Scans of a night: three tickets, four devices, exits and skewed clocks. */
const nightOf = (tickets: Ticket[]) =>
  fc
    .array(
      fc.record({
        device: fc.nat({ max: 3 }),
        ticket: fc.nat({ max: tickets.length - 1 }),
        atMs: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 3_600_000, max: 3_600_005 })),
        kind: fc.constantFrom('ENTRY', 'ENTRY', 'EXIT'),
        localVerdict: fc.constantFrom('ADMITTED', 'ADMITTED', 'REFUSED'),
      }),
      { minLength: 1, maxLength: 14 },
    )
    .chain((drafts) => {
      const scans = drafts.map((draft, place) => ({ ...draft, place }));
      return fc.tuple(
        fc.constant(scans),
        fc.shuffledSubarray(scans, { minLength: scans.length }),
        fc.subarray(scans),
        fc.integer({ min: 1, max: 5 }),
      );
    });

test('any order, partition and repetition of uploads leaves the same rows (C1)', async () => {
  const runs = 5;
  const tickets = 3;
  const sale = await world.openDoors();
  const prints: string[] = [];
  const play = async (uploads: Upload[], known: Ticket[], ids: string[]): Promise<string> => {
    for (const { device, scans } of uploads) {
      await world.ask(host, 'checkin.sync', {
        eventId: sale.eventId,
        scans: scans.map((scan) => ({ ...scan, deviceId: `d${device}` })),
      });
    }
    const admissions = new Map(known.map(({ admissionId }, place) => [admissionId, place]));
    const { outcomes, states } = await world.rowsOf(sale.eventId);
    const place = (id: string | null) => (id === null ? null : ids.indexOf(id));
    return JSON.stringify({
      outcomes: outcomes
        .filter(({ id }) => ids.includes(id))
        .map(({ id, outcome, conflictsWithId }) => [place(id), outcome, place(conflictsWithId)])
        .sort(([a], [b]) => Number(a) - Number(b)),
      states: states
        .filter(({ participantId }) => admissions.has(participantId))
        .map(({ participantId, isInside, entries, firstCheckInId }) => [
          admissions.get(participantId),
          ...[isInside, entries, place(firstCheckInId)],
        ])
        .sort(([a], [b]) => Number(a) - Number(b)),
    });
  };
  const base = Date.now() - 1_000_000;
  await fc.assert(
    fc.asyncProperty(
      nightOf(Array.from({ length: tickets }, () => ({ admissionId: '', code: '' }))),
      async ([all, shuffled, repeated, cut]) => {
        const played: string[] = [];
        for (const order of [all, [...shuffled, ...repeated]]) {
          const known = await world.ticketsFor(guest, sale, tickets);
          const ids = all.map(() => newId());
          const scans = order.map(({ device, ticket, atMs, kind, localVerdict, place }) => ({
            device,
            scan: {
              ...{ scanId: ids[place], code: known[ticket]?.code, kind, localVerdict },
              at: new Date(base + atMs).toISOString(),
            },
          }));
          const size = order === all ? scans.length : cut;
          const uploads: Upload[] = [];
          for (let from = 0; from < scans.length; from += size) {
            for (const device of [0, 1, 2, 3]) {
              const own = scans.slice(from, from + size).filter((each) => each.device === device);
              if (own.length > 0) uploads.push({ device, scans: own.map(({ scan }) => scan) });
            }
          }
          played.push(await play(uploads, known, ids));
        }
        expect(played[1]).toBe(played[0]);
        prints.push(played[0] ?? '');
      },
    ),
    { numRuns: runs },
  );
  expect(prints).toHaveLength(runs);
});
