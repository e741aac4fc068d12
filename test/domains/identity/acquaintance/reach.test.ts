import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reachAt } from '../../../../src/domains/identity/acquaintance/reach.rules.ts';
import type { Answer } from '../../../../src/kernel/execute.ts';
import {
  type BookingAnswer,
  type BookingWorld,
  openBookingWorld,
  type Sale,
} from '../../events/support/booking-world.ts';
import { codeOf, errorOf } from '../../events/support/event-world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FIRST_DAY = reachAt(0);

let world: BookingWorld;
let by: string;
let strangers: string[];

beforeAll(async () => {
  world = await openBookingWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  [by = '', ...strangers] = await world.crowd(9);
});

/** As if the person had reached so many strangers, beginning so long ago. */
const reached = async (count: number, agoMs = HOUR_MS): Promise<void> => {
  const day = { count, beganAt: new Date(Date.now() - agoMs) };
  await world.database.strangerReach.upsert({ where: { userId: by }, create: { userId: by, ...day }, update: day });
};
const countOf = async (userId = by): Promise<number> =>
  (await world.database.strangerReach.findUnique({ where: { userId } }))?.count ?? 0;
const group = (memberIds: string[]): Promise<Answer> =>
  world.call(by, 'chat.open', { kind: 'GROUP', title: 'A', memberIds });
const idOf = (answer: Answer): string => (answer.ok ? (answer.data as { id: string }).id : '');
const free = (): Promise<Sale> => world.sell([{ name: 'Free', price: 0, capacity: 100, transferable: true }]);
const withGuests = (sale: Sale, guests: string[]) => ({
  eventId: sale.eventId,
  items: [{ ticketTypeId: sale.types[0], quantity: guests.length + 1 }],
  guests: guests.map((userId) => ({ userId, fullName: 'A guest' })),
});

test('the older an account, the more strangers it reaches', () => {
  expect([0, DAY_MS - 1, DAY_MS, 30 * DAY_MS - 1, 30 * DAY_MS, 3_000 * DAY_MS].map(reachAt)).toEqual([
    200, 200, 1_000, 1_000, 5_000, 5_000,
  ]);
});

describe('a day’s strangers', () => {
  test('are counted over chats, groups, guests and tickets passed on', async () => {
    const sale = await free();
    const chatId = idOf(await group(strangers.slice(0, 2)));
    await world.ask(by, 'chat.open', { kind: 'DIRECT', memberIds: [strangers[2]] });
    await world.ask(by, 'chat.addMembers', { chatId, userIds: strangers.slice(1, 5) });
    const booking = await world.ask<BookingAnswer>(by, 'booking.create', withGuests(sale, strangers.slice(5, 7)));
    const [own] = booking.admissions.filter(({ userId }) => userId === by);
    expect(await countOf()).toBe(8);
    await world.ask(by, 'ticket.transfer', { admissionId: own?.id, to: { userId: strangers[7] } });
    expect(await countOf()).toBe(9);
  });

  test('are not whom they know, nor what is there already or was refused', async () => {
    const [friend = '', writer = '', member = '', last = ''] = strangers;
    await world.database.friendship.create({
      data: { requesterId: by, addresseeId: friend, status: 'ACCEPTED' },
    });
    await world.ask(writer, 'chat.open', { kind: 'DIRECT', memberIds: [by] });
    const chatId = idOf(await group([friend, writer]));
    expect(await countOf()).toBe(0);
    await world.ask(by, 'chat.addMembers', { chatId, userIds: [member] });
    await world.ask(by, 'chat.addMembers', { chatId, userIds: [member, by] });
    for (let time = 0; time < 2; time += 1) await world.ask(by, 'chat.open', { kind: 'DIRECT', memberIds: [last] });
    expect(await countOf()).toBe(2);
    const nobody = '01900000-0000-7000-8000-000000000000';
    expect(codeOf(await group([member, nobody]))).toBe('INVALID_INPUT');
    const sale = await free();
    const late = { ...withGuests(sale, [last, member]), items: [{ ticketTypeId: sale.types[0], quantity: 1 }] };
    expect(codeOf(await world.call(by, 'booking.create', late))).toBe('INVALID_INPUT');
    expect(await countOf()).toBe(2);
  });

  test('are refused beyond the bound wherever they are brought, with when the day ends, and nothing is kept', async () => {
    const sale = await free();
    const chatId = idOf(await group([strangers[0] ?? '']));
    const { admissions } = await world.book(by, sale);
    await reached(FIRST_DAY - 1, HOUR_MS);
    const [one = '', two = ''] = strangers.slice(1);
    const refused = [
      await group([one, two]),
      await world.call(by, 'chat.addMembers', { chatId, userIds: [one, two] }),
      await world.call(by, 'booking.create', withGuests(sale, [one, two])),
    ];
    await reached(FIRST_DAY);
    refused.push(await world.call(by, 'chat.open', { kind: 'DIRECT', memberIds: [one] }));
    refused.push(await world.call(by, 'ticket.transfer', { admissionId: admissions[0]?.id, to: { userId: one } }));
    for (const answer of refused) {
      const { code, retryable, retryAfterMs = 0 } = errorOf(answer);
      expect({ code, retryable }).toEqual({ code: 'RATE_LIMITED', retryable: true });
      expect(retryAfterMs).toBeGreaterThan(22 * HOUR_MS);
      expect(retryAfterMs).toBeLessThanOrEqual(23 * HOUR_MS);
    }
    expect(await world.database.chatParticipant.count({ where: { userId: { in: [one, two] } } })).toBe(0);
    expect(await world.database.eventParticipant.count({ where: { userId: { in: [one, two] } } })).toBe(0);
    expect(await countOf()).toBe(FIRST_DAY);
  });

  test('leave the known untouched when they are used up, and begin anew when the day is over', async () => {
    const [friend = '', stranger = ''] = strangers;
    await world.database.friendship.create({
      data: { requesterId: friend, addresseeId: by, status: 'ACCEPTED' },
    });
    await reached(FIRST_DAY);
    expect(codeOf(await group([friend]))).toBe('OK');
    expect(codeOf(await group([stranger]))).toBe('RATE_LIMITED');
    await reached(FIRST_DAY, DAY_MS + 1_000);
    expect(codeOf(await group([stranger]))).toBe('OK');
    expect(await countOf()).toBe(1);
  });

  test('are none between test accounts, and people for a test account as for anybody', async () => {
    const [person = '', ...others] = strangers;
    const data = { isTest: true };
    await world.database.user.updateMany({ where: { id: { in: [by, ...others] } }, data });
    await reached(FIRST_DAY);
    expect(codeOf(await group(others))).toBe('OK');
    expect(codeOf(await group([person]))).toBe('RATE_LIMITED');
    expect(await countOf()).toBe(FIRST_DAY);
    // A person who brings test accounts in is counted as well: the mark opens nothing to people.
    expect(codeOf(await world.call(person, 'chat.open', { kind: 'GROUP', title: 'A', memberIds: others }))).toBe('OK');
    expect(await countOf(person)).toBe(others.length);
  });

  test('are more for an older account', async () => {
    await reached(FIRST_DAY);
    await world.database.user.update({ where: { id: by }, data: { createdAt: new Date(Date.now() - 2 * DAY_MS) } });
    expect(codeOf(await group(strangers))).toBe('OK');
  });

  test('are counted exactly when many calls come at once', async () => {
    await reached(FIRST_DAY - 3);
    const answers = await Promise.all(strangers.map((stranger) => group([stranger])));
    expect(answers.map(codeOf).sort()).toEqual([...Array(3).fill('OK'), ...Array(5).fill('RATE_LIMITED')]);
    expect(await countOf()).toBe(FIRST_DAY);
  });

  test('bound bookings that are decided together, each by its own booker’s count', async () => {
    const sale = await free();
    const [other = ''] = await world.crowd(1);
    await reached(FIRST_DAY - 3);
    const [a = '', b = '', c = '', d = ''] = strangers;
    const answers = await world.together('booking.create', [
      { by, input: withGuests(sale, [a, b]) },
      { by, input: withGuests(sale, [c, d]) },
      { by: other, input: withGuests(sale, [a, b]) },
      { by, input: withGuests(sale, [c]) },
    ]);
    expect(answers.map(codeOf)).toEqual(['OK', 'RATE_LIMITED', 'OK', 'OK']);
    expect([await countOf(), await countOf(other)]).toEqual([FIRST_DAY, 2]);
  });
});
