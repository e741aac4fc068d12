import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { type DoorWorld, openDoorWorld, type ScanAnswer } from '../support/door-world.ts';
import { codeOf } from '../support/event-world.ts';

let world: DoorWorld;
let host: string;
let guest: string;
let stranger: string;

beforeAll(async () => {
  world = await openDoorWorld();
  [host = '', guest = '', stranger = ''] = world.people;
});
afterAll(() => world.close());

test('a code lets its holder in once; every later scan names the first one’s time and device', async () => {
  const sale = await world.openDoors();
  const [ticket] = await world.ticketsFor(guest, sale);
  const first = await world.scan(host, sale, ticket?.code ?? '', { gate: 'North' });
  expect(first).toMatchObject({ outcome: 'ADMITTED', inside: 1, reused: false, list: { name: 'Entrance' } });
  expect(first.admission?.admissionId).toBe(ticket?.admissionId);
  const second = await world.scan(host, sale, ticket?.code ?? '', { deviceId: 'gate-2' });
  expect(second).toMatchObject({ outcome: 'DUPLICATE', inside: 1 });
  expect(second.first).toMatchObject({ scanId: first.scanId, deviceId: 'gate-1', gate: 'North' });
  expect((await world.rowsOf(sale.eventId)).attendances).toEqual([{ userId: guest, scanId: first.scanId }]);
});

test('a scan that is sent again gets its answer again (C7)', async () => {
  const sale = await world.openDoors();
  const [ticket, other] = await world.ticketsFor(guest, sale, 2);
  const scanId = newId();
  const first = await world.scan(host, sale, ticket?.code ?? '', { scanId });
  const again = await world.scan(host, sale, ticket?.code ?? '', { scanId });
  const misused = await world.scan(host, sale, other?.code ?? '', { scanId });
  expect(again).toEqual({ ...first, reused: true, admission: { ...first.admission, isInside: true } });
  expect(misused.admission?.admissionId).toBe(ticket?.admissionId);
  expect((await world.rowsOf(sale.eventId)).outcomes).toHaveLength(1);
  const elsewhere = await world.openDoors();
  const answer = await world.call(host, 'checkin.scan', { eventId: elsewhere.eventId, code: 'x', scanId });
  expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', issues: [{ path: 'scanId' }] } });
});

test('what is no ticket, of another event, revoked or not paid is answered, never refused', async () => {
  const sale = await world.openDoors();
  const elsewhere = await world.openDoors();
  const [ticket] = await world.ticketsFor(guest, sale);
  const [foreign] = await world.ticketsFor(guest, elsewhere);
  const outcomeOf = async (code: string) => (await world.scan(host, sale, code)).outcome;
  const forged = `${ticket?.code.slice(0, -1)}${ticket?.code.endsWith('0') ? '1' : '0'}`;
  expect(await outcomeOf('hello')).toBe('INVALID');
  expect(await outcomeOf('A'.repeat(3_000))).toBe('INVALID');
  expect(await outcomeOf('\u0000🎫')).toBe('INVALID');
  expect(await outcomeOf(forged)).toBe('INVALID');
  const wrong = await world.scan(host, sale, foreign?.code ?? '');
  expect(wrong.outcome).toBe('WRONG_EVENT');
  expect(wrong.admission).toBeUndefined();
  await world.ask(guest, 'ticket.regenerate', { admissionId: ticket?.admissionId });
  expect(await outcomeOf(ticket?.code ?? '')).toBe('REVOKED');
  expect((await world.rowsOf(sale.eventId)).states.every(({ entries }) => entries === 0)).toBe(true);
});

test('lists say who, when and how often', async () => {
  const sale = await world.sell(
    [
      { name: 'Regular', price: 0, capacity: 10 },
      { name: 'VIP', price: 0, capacity: 10 },
    ],
    {
      startDate: new Date(Date.now() + 3_600_000).toISOString(),
      endDate: new Date(Date.now() + 7_200_000).toISOString(),
    },
  );
  const { eventId } = sale;
  const [ticket] = await world.ticketsFor(guest, sale);
  const create = (fields: object) =>
    world.ask<{ id: string }>(host, 'checkInList.create', { eventId, ...fields }).then(({ id }) => id);
  const vip = await create({ name: 'VIP', ticketTypeIds: [sale.types[1]] });
  const late = await create({ name: 'Late', opensAt: new Date(Date.now() + 1_800_000).toISOString() });
  const stage = await create({ name: 'Stage', allowReentry: true, mode: 'ENTRY_AND_EXIT' });
  const scan = (listId: string, kind = 'ENTRY') => world.scan(host, sale, ticket?.code ?? '', { listId, kind });
  expect((await scan(vip)).outcome).toBe('WRONG_LIST');
  expect((await scan(late)).outcome).toBe('OUTSIDE_WINDOW');
  const outcomes: string[] = [];
  for (const kind of ['EXIT', 'ENTRY', 'ENTRY', 'EXIT', 'EXIT', 'ENTRY'])
    outcomes.push((await scan(stage, kind)).outcome);
  expect(outcomes).toEqual(['EXIT_WITHOUT_ENTRY', 'ADMITTED', 'DUPLICATE', 'EXITED', 'EXIT_WITHOUT_ENTRY', 'ADMITTED']);
  expect(codeOf(await world.call(host, 'checkInList.edit', { eventId, listId: stage, allowReentry: false }))).toBe(
    'CONFLICT',
  );
  expect(codeOf(await world.call(host, 'checkInList.delete', { eventId, listId: stage }))).toBe('CONFLICT');
  const missing = await world.call(host, 'checkin.scan', { eventId, code: 'x', scanId: newId(), listId: newId() });
  expect(missing).toMatchObject({ error: { code: 'INVALID_INPUT', issues: [{ path: 'listId' }] } });
});

test('who has nothing to do with the door learns nothing of it', async () => {
  const sale = await world.openDoors();
  const [ticket] = await world.ticketsFor(guest, sale);
  for (const by of [guest, stranger]) {
    for (const [operation, input] of [
      ['checkin.scan', { code: ticket?.code ?? '', scanId: newId() }],
      ['checkin.sync', { scans: [{ scanId: newId(), code: 'x', at: new Date().toISOString() }] }],
      ['checkin.bundle', {}],
      ['checkin.find', { query: 'ab' }],
      ['checkin.log', {}],
      ['checkin.attendees', {}],
      ['door.board', {}],
      ['scanner.list', {}],
      ['scanner.invite', { name: 'Phone' }],
      ['checkInList.list', {}],
    ] as const) {
      expect(codeOf(await world.call(by, operation, { eventId: sale.eventId, ...input }))).toBe('NOT_FOUND');
      expect(codeOf(await world.call(by, operation, { eventId: newId(), ...input }))).toBe('NOT_FOUND');
    }
  }
});

test('door staff scan; supervisors undo, look up and let in by hand', async () => {
  const sale = await world.openDoors();
  const { eventId } = sale;
  const [staff = '', supervisor = ''] = world.people.slice(3);
  for (const [userId, role] of [
    [staff, 'DOOR_STAFF'],
    [supervisor, 'SUPERVISOR'],
  ]) {
    await world.ask(host, 'host.invite', { eventId, userId, role });
    await world.ask(userId ?? '', 'host.accept', { eventId });
  }
  const [ticket, other] = await world.ticketsFor(guest, sale, 2);
  const scanned = await world.scan(staff, sale, ticket?.code ?? '');
  expect(scanned.outcome).toBe('ADMITTED');
  const undo = { eventId, scanId: scanned.scanId, undoId: newId(), reason: 'Wrong person' };
  expect(codeOf(await world.call(staff, 'checkin.undo', undo))).toBe('FORBIDDEN');
  expect(await world.ask(supervisor, 'checkin.undo', undo)).toEqual({ outcome: 'UNDONE', inside: 0 });
  expect(await world.ask(supervisor, 'checkin.undo', undo)).toEqual({ outcome: 'UNDONE', inside: 0 });
  expect(codeOf(await world.call(supervisor, 'checkin.undo', { ...undo, undoId: newId() }))).toBe('GONE');
  expect(codeOf(await world.call(supervisor, 'checkin.undo', { ...undo, scanId: undo.undoId, undoId: newId() }))).toBe(
    'CONFLICT',
  );
  expect((await world.rowsOf(eventId)).attendances).toEqual([]);
  expect((await world.scan(staff, sale, ticket?.code ?? '')).outcome).toBe('ADMITTED');
  const found = await world.ask<{ items: { admissionId: string; name: string; isInside: boolean }[] }>(
    supervisor,
    'checkin.find',
    { eventId, query: 'first1 la' },
  );
  const byHand = { eventId, admissionId: other?.admissionId, scanId: newId(), reason: 'Phone is flat' };
  expect(codeOf(await world.call(staff, 'checkin.byHand', byHand))).toBe('FORBIDDEN');
  const answer = await world.ask<ScanAnswer>(supervisor, 'checkin.byHand', byHand);
  expect(answer).toMatchObject({ outcome: 'ADMITTED', inside: 2 });
  // Both tickets are of one account, without names of their own.
  expect(found.items).toEqual([
    expect.objectContaining({ admissionId: ticket?.admissionId, name: 'First1 Last1', isInside: true }),
    expect.objectContaining({ admissionId: other?.admissionId, name: 'First1 Last1', isInside: false }),
  ]);
  const looks = await world.database.auditLog.count({ where: { action: 'checkin.find', targetId: eventId } });
  expect(looks).toBe(1);
});

test('one code lets a party in', async () => {
  const sale = await world.openDoors();
  const { eventId } = sale;
  const tickets = await world.ticketsFor(guest, sale, 4);
  const [alien] = await world.ticketsFor(stranger, sale);
  const scans = [...tickets.slice(0, 3), alien].map((ticket) => ({
    admissionId: ticket?.admissionId,
    scanId: newId(),
  }));
  const answer = await world.ask<{ scans: ScanAnswer[] }>(host, 'checkin.party', {
    eventId,
    code: tickets[0]?.code,
    scans,
  });
  expect(answer.scans.map(({ outcome }) => outcome)).toEqual(['ADMITTED', 'ADMITTED', 'ADMITTED', 'WRONG_EVENT']);
  expect(answer.scans[0]?.inside).toBe(3);
  await world.ask(guest, 'ticket.regenerate', { admissionId: tickets[3]?.admissionId });
  const dead = [{ admissionId: tickets[3]?.admissionId, scanId: newId() }];
  const refused = await world.ask<{ scans: ScanAnswer[] }>(host, 'checkin.party', {
    eventId,
    code: tickets[3]?.code,
    scans: dead,
  });
  expect(refused.scans[0]?.outcome).toBe('REVOKED');
});
