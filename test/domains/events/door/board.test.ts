import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { type DoorWorld, openDoorWorld } from '../support/door-world.ts';

let world: DoorWorld;
let host: string;
let guest: string;

beforeAll(async () => {
  world = await openDoorWorld();
  [host = '', guest = ''] = world.people;
});
afterAll(() => world.close());

interface Board {
  admitted: number;
  inside: number;
  expected: number;
  conflicts: number;
  lists: { name: string; admitted: number; inside: number; expected: number }[];
  types: { name: string; admitted: number; expected: number }[];
  gates: { gate: string | null; admitted: number }[];
  devices: {
    deviceId: string;
    name: string | null;
    scans: number;
    epochsBehind: number | null;
    missing: number | null;
  }[];
  perMinute: number[];
  lastScans: { outcome: string; name: string | null }[];
  seq: number;
}

const boardOf = (eventId: string): Promise<Board> => world.ask<Board>(host, 'door.board', { eventId });

test('the board is what the scans say, and the room’s last counts are the same', async () => {
  const sale = await world.openDoors();
  const { eventId } = sale;
  const tickets = await world.ticketsFor(guest, sale, 5);
  const codes = tickets.map(({ code }) => code);
  const device = await world.enroll(sale, { gate: 'South' });
  await world.scan(host, sale, codes[0] ?? '', { gate: 'North' });
  await world.scan(host, sale, codes[1] ?? '', { gate: 'North' });
  await world.scan(device.caller, sale, codes[2] ?? '');
  await world.scan(host, sale, codes[1] ?? '', { kind: 'EXIT' });
  const at = new Date(Date.now() + 60_000).toISOString();
  const scans = [
    { scanId: newId(), code: codes[0], at, deviceSeq: 1 },
    { scanId: newId(), code: codes[3], at, deviceSeq: 3 },
  ];
  await world.ask(device.caller, 'checkin.sync', { eventId, scans });
  const board = await boardOf(eventId);
  expect(board).toMatchObject({
    ...{ admitted: 4, inside: 3, expected: 5, conflicts: 1 },
    lists: [{ name: 'Entrance', admitted: 4, inside: 3, expected: 5 }],
    types: [{ name: 'Regular', admitted: 4, expected: 5 }],
  });
  expect(board.gates).toEqual([
    expect.objectContaining({ gate: 'North', admitted: 2 }),
    expect.objectContaining({ gate: 'South', admitted: 2 }),
    expect.objectContaining({ gate: null, admitted: 0 }),
  ]);
  expect(board.devices).toContainEqual(
    expect.objectContaining({ deviceId: device.id, scans: 3, epochsBehind: 0, missing: 1 }),
  );
  expect(board.perMinute.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(3);
  expect(board.lastScans).toHaveLength(6);
  await world.settle();
  const counted = (await world.log(`door:${eventId}`)).filter(({ signal }) => signal === 'checkin.counted');
  const { admitted, inside, expected, conflicts, lists } = board;
  expect(counted.at(-1)?.data).toMatchObject({ admitted, inside, expected, conflicts, lists });
});

test('a dead code is told to the door with its bundle’s version (C6)', async () => {
  const sale = await world.openDoors();
  const { eventId } = sale;
  const [ticket, other] = await world.ticketsFor(guest, sale, 2);
  await world.ask(guest, 'ticket.regenerate', { admissionId: ticket?.admissionId });
  await world.ask(guest, 'ticket.transfer', { admissionId: other?.admissionId, to: { fullName: 'Mina Example' } });
  await world.settle();
  const told = (await world.log(`door:${eventId}`)).filter(({ signal }) => signal === 'ticket.revoked');
  expect(told.map(({ data }) => data)).toEqual([
    { eventId, epoch: 1, tickets: [{ admissionId: ticket?.admissionId, minGeneration: 2 }] },
    { eventId, epoch: 2, tickets: [{ admissionId: other?.admissionId, minGeneration: 2 }] },
  ]);
});

test('a change of the rules is told, and re-entry forgives who was let in twice', async () => {
  const sale = await world.openDoors();
  const { eventId } = sale;
  const [ticket] = await world.ticketsFor(guest, sale);
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  const scans = [
    { scanId: newId(), code: ticket?.code, at: at(0) },
    { scanId: newId(), code: ticket?.code, at: at(1_000), kind: 'EXIT' },
    { scanId: newId(), code: ticket?.code, at: at(2_000) },
  ];
  const { outcomes } = await world.ask<{ outcomes: { outcome: string }[] }>(host, 'checkin.sync', { eventId, scans });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['ADMITTED', 'EXITED', 'CONFLICT']);
  const { items } = await world.ask<{ items: { id: string; rulesEpoch: number }[] }>(host, 'checkInList.list', {
    eventId,
  });
  const listId = items[0]?.id ?? '';
  await world.ask(host, 'checkInList.edit', { eventId, listId, allowReentry: true });
  expect(await boardOf(eventId)).toMatchObject({ admitted: 1, inside: 1, conflicts: 0 });
  await world.settle();
  const told = (await world.log(`door:${eventId}`)).filter(({ signal }) => signal === 'door.changed');
  expect(told.at(-1)?.data).toEqual({ eventId, listId, rulesEpoch: 2 });
});

test('the recount finds what somebody changed by hand, and puts it right', async () => {
  const sale = await world.openDoors();
  const { eventId } = sale;
  const [ticket] = await world.ticketsFor(guest, sale);
  const { scanId } = await world.scan(host, sale, ticket?.code ?? '');
  const right = await world.rowsOf(eventId);
  await world.database.attendance.deleteMany({ where: { eventId } });
  await world.database.checkInOutcome.update({ where: { checkInId: scanId }, data: { outcome: 'DUPLICATE' } });
  await world.database.admissionState.updateMany({ where: { eventId }, data: { isInside: false, entries: 0 } });
  await world.runJob('checkin.recount');
  expect(await world.rowsOf(eventId)).toEqual(right);
  await world.database.attendance.deleteMany({ where: { eventId } });
  await world.runJob('checkin.recount');
  expect(await world.rowsOf(eventId)).toEqual(right);
});

test('the guest is told the moment the door says so, and the list of attendees shows it', async () => {
  const sale = await world.openDoors();
  const { eventId } = sale;
  const [ticket] = await world.ticketsFor(guest, sale, 2);
  await world.scan(host, sale, ticket?.code ?? '');
  const facts = await world.facts('checkin.recorded', eventId);
  expect(facts).toMatchObject([{ scans: [{ userId: guest, outcome: 'ADMITTED', previous: null }] }]);
  const list = async (fields: object) =>
    (
      await world.ask<{ items: { admissionId: string; admittedAt: string | null }[] }>(host, 'checkin.attendees', {
        eventId,
        ...fields,
      })
    ).items;
  expect(await list({})).toHaveLength(2);
  expect(await list({ hasCome: true })).toEqual([
    expect.objectContaining({ admissionId: ticket?.admissionId, admittedAt: expect.any(String) }),
  ]);
  expect((await list({ hasCome: false }))[0]?.admittedAt).toBeNull();
});
