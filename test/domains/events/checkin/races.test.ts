import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import type { Sale } from '../support/booking-world.ts';
import { type DoorWorld, openDoorWorld, type ScanAnswer } from '../support/door-world.ts';

let world: DoorWorld;
let host: string;
let guest: string;

beforeAll(async () => {
  world = await openDoorWorld();
  [host = '', guest = ''] = world.people;
});
afterAll(() => world.close());

/** As a door does: a machine that has too much to do says so, and is asked again with the same id. */
const scanPatiently = async (sale: Sale, code: string, deviceId: string): Promise<ScanAnswer> => {
  const scanId = newId();
  for (;;) {
    const answer = await world.call(host, 'checkin.scan', { eventId: sale.eventId, code, scanId, deviceId });
    if (answer.ok) return answer.data as ScanAnswer;
    if (answer.error.code !== 'OVERLOADED') throw new Error(JSON.stringify(answer.error));
  }
};

test('of many doors that scan one code at once, exactly one lets it in, and all others name that scan (C2)', async () => {
  const sale = await world.openDoors();
  for (const ticket of await world.ticketsFor(guest, sale, 6)) {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, door) => scanPatiently(sale, ticket.code, `gate-${door}`)),
    );
    const admitted = answers.filter(({ outcome }) => outcome === 'ADMITTED');
    expect(admitted).toHaveLength(1);
    for (const { outcome, first } of answers.filter((answer) => answer !== admitted[0])) {
      expect([outcome, first?.scanId]).toEqual(['DUPLICATE', admitted[0]?.scanId]);
    }
  }
});

test('a group that a worker decides at once answers as if its scans came one by one', async () => {
  const sale = await world.openDoors();
  const [one, two] = await world.ticketsFor(guest, sale, 2);
  const scanId = newId();
  const calls = [one, two, one, one].map((ticket, place) => ({
    by: host,
    input: {
      eventId: sale.eventId,
      code: ticket?.code,
      scanId: place === 3 ? scanId : newId(),
      deviceId: `gate-${place}`,
    },
  }));
  const stranger = { by: world.people[9] ?? '', input: { eventId: sale.eventId, code: one?.code, scanId: newId() } };
  const answers = await world.together('checkin.scan', [...calls, stranger, ...calls.slice(3)]);
  const outcomes = answers.map((answer) => (answer.ok ? (answer.data as ScanAnswer).outcome : answer.error.code));
  expect(outcomes).toEqual(['ADMITTED', 'ADMITTED', 'DUPLICATE', 'DUPLICATE', 'NOT_FOUND', 'DUPLICATE']);
  expect((await world.rowsOf(sale.eventId)).outcomes).toHaveLength(4);
});

test('a code that is replaced while doors scan it: either it came in first, or it is refused (C6)', async () => {
  const sale = await world.openDoors();
  for (const ticket of await world.ticketsFor(guest, sale, 8)) {
    const { admissionId, code } = ticket;
    const [replaced, ...answers] = await Promise.all([
      world.call(guest, 'ticket.regenerate', { admissionId }),
      ...Array.from({ length: 4 }, (_, door) => scanPatiently(sale, code, `gate-${door}`)),
    ]);
    const outcomes = answers.map(({ outcome }) => outcome);
    const entries = await world.database.admissionState.findMany({ where: { participantId: admissionId } });
    const cameIn = entries.some((state) => state.entries > 0);
    expect(outcomes.filter((outcome) => outcome === 'ADMITTED')).toHaveLength(cameIn ? 1 : 0);
    expect(replaced.ok).toBe(!cameIn);
    expect((await world.scan(host, sale, code)).outcome).toBe(cameIn ? 'DUPLICATE' : 'REVOKED');
  }
});

test('one scan is taken back once, however many try (C5)', async () => {
  const sale = await world.openDoors();
  for (const { code } of await world.ticketsFor(guest, sale, 5)) {
    const { scanId } = await world.scan(host, sale, code);
    const undo = { eventId: sale.eventId, scanId, reason: 'Turnstile did not turn' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => world.call(host, 'checkin.undo', { ...undo, undoId: newId() })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  }
  const { states, attendances } = await world.rowsOf(sale.eventId);
  expect(states.map(({ entries, isInside }) => [entries, isInside])).toEqual(Array(5).fill([0, false]));
  expect(attendances).toEqual([]);
});
