import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { type BookingWorld, openBookingWorld, type Sale } from '../../events/support/booking-world.ts';
import { type EventAnswer, newEvent } from '../../events/support/event-world.ts';

let world: BookingWorld;
let admin: { userId: string; role: string };
let person: string;

beforeAll(async () => {
  world = await openBookingWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  const [own = '', other = ''] = await world.crowd(2);
  admin = { userId: own, role: 'ADMIN' };
  person = other;
});

interface Removed {
  removed: number;
  kept: number;
  left: number;
}

const make = async (count: number): Promise<string[]> => {
  const { items } = await world.ask<{ items: { user: { id: string } }[] }>(admin, 'testAccount.create', { count });
  return items.map(({ user }) => user.id);
};
const remove = (limit = 500) => world.ask<Removed>(admin, 'testAccount.remove', { limit });
/** As the command does; what facts bring about happens in between. */
const removeAll = async (limit?: number): Promise<Pick<Removed, 'removed' | 'kept'>> => {
  const total = { removed: 0, kept: 0 };
  for (let calls = 0; calls < 50; calls += 1) {
    const { removed, kept, left } = await remove(limit);
    total.removed += removed;
    total.kept += kept;
    await world.settle();
    if (left === 0) return total;
  }
  throw new Error('there is no end of it');
};
const group = async (by: string, memberIds: string[]): Promise<string> =>
  (await world.ask<{ id: string }>(by, 'chat.open', { kind: 'GROUP', title: 'A', memberIds })).id;
const say = (by: string, chatId: string) =>
  world.ask<{ seq: number }>(by, 'chat.send', { chatId, clientId: newId(), body: 'Hello' });
/** Messages as the persister would have stored them. */
const store = async (chatId: string, senderIds: string[]): Promise<void> => {
  for (const [index, senderId] of senderIds.entries()) {
    const at = { chatId, seq: BigInt(index + 1), ordinal: BigInt(index + 1), appliedSeq: BigInt(index + 1) };
    const data = { ...at, id: newId(), senderId, clientId: randomUUID(), body: 'Hello', sentAt: new Date() };
    await world.database.message.create({ data });
  }
};
const count = async (table: string, column: string, ids: string[]): Promise<number> => {
  const rows = await world.database.$queryRawUnsafe<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM ${table} WHERE ${column} = ANY($1::uuid[])`,
    ids,
  );
  return rows[0]?.count ?? 0;
};
const accounts = (ids: string[]) =>
  world.database.user.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });

describe('removal', () => {
  test('closes first: from then on nobody is signed in, and nothing is gone', async () => {
    const ids = await make(3);
    const { refreshToken } = (
      await world.ask<{ items: { refreshToken: string }[] }>(admin, 'testAccount.signIn', {
        userIds: ids.slice(0, 1),
      })
    ).items[0] ?? { refreshToken: '' };
    expect(await remove()).toEqual({ removed: 0, kept: 0, left: 3 });
    expect((await world.call(null, 'session.renew', { refreshToken })).ok).toBe(false);
    expect(await world.database.session.count({ where: { userId: { in: ids }, revokedAt: null } })).toBe(0);
    expect((await world.call(admin, 'testAccount.signIn', { userIds: ids })).ok).toBe(false);
    expect(await accounts(ids)).toHaveLength(3);
    expect(await remove(2)).toEqual({ removed: 2, kept: 0, left: 1 });
    expect(await removeAll()).toEqual({ removed: 1, kept: 0 });
    expect(await accounts(ids)).toEqual([]);
  });

  test('takes the chats that test accounts opened, with who else is in them, and tells people', async () => {
    const [a = '', b = '', c = ''] = await make(3);
    const own = await group(a, [b, c]);
    const withPerson = await group(b, [a, person]);
    await store(own, [a, b, c]);
    const pair = (await world.ask<{ id: string }>(c, 'chat.open', { kind: 'DIRECT', memberIds: [person] })).id;
    await world.settle();
    expect(await removeAll()).toEqual({ removed: 3, kept: 0 });
    const gone = [own, withPerson, pair];
    expect(await count('chats', 'id', gone)).toBe(0);
    expect(await count('messages', 'chat_id', gone)).toBe(0);
    expect((await world.call(person, 'chat.send', { chatId: pair, clientId: newId(), body: 'Hi' })).ok).toBe(false);
    const told = (await world.log(`user:${person}`)).filter(({ signal }) => signal === 'chat.memberLeft');
    expect(told.map(({ data }) => (data as { chatId: string }).chatId).sort()).toEqual([withPerson, pair].sort());
  });

  test('goes on by bounded parts where much was said, and nobody sees half of it meanwhile', async () => {
    const [a = '', b = ''] = await make(2);
    const chatId = await group(a, [b, person]);
    await world.database.$executeRaw`
      INSERT INTO messages (chat_id, seq, id, sender_id, client_id, ordinal, body, sent_at, applied_seq)
      SELECT ${chatId}::uuid, n, gen_random_uuid(), ${b}::uuid, gen_random_uuid(), n, 'Hello', now(), n
      FROM generate_series(1, 10001) AS n`;
    expect(await remove()).toMatchObject({ left: 2 });
    expect(await world.ask(person, 'chat.list', {})).toMatchObject({ items: [] });
    expect(await remove()).toEqual({ removed: 0, kept: 0, left: 2 });
    expect(await count('messages', 'chat_id', [chatId])).toBe(1);
    expect(await remove()).toEqual({ removed: 2, kept: 0, left: 0 });
  });

  test('deletes what they said among people, whose chat stays whole, and leaves an empty account under it', async () => {
    const [a = '', b = ''] = await make(2);
    const chatId = await group(person, [a]);
    await store(chatId, [person, a, person]);
    await world.database.chatMessageSequence.create({ data: { chatId, epoch: 'e', lastSeq: 3n, lastOrdinal: 3n } });
    const { seq } = await say(a, chatId);
    expect(await removeAll()).toEqual({ removed: 1, kept: 1 });
    const deleted = (await world.log(`chat:${chatId}`)).filter(({ signal }) => signal === 'chat.deleted');
    expect(deleted.map(({ data }) => (data as { seq: number }).seq)).toEqual([2, seq]);
    expect(await count('messages', 'chat_id', [chatId])).toBe(3);
    expect(await world.ask(person, 'chat.members', { chatId })).toMatchObject({ items: [{ userId: person }] });
    const [row, ...others] = await accounts([a, b]);
    expect([row?.id, row?.status, others]).toEqual([a, 'DELETED', []]);
    expect([row?.email, row?.phone, row?.erasedAt]).toEqual([`${a}@load.invalid`, null, expect.any(Date)]);
    expect(await world.ask(admin, 'testAccount.list', {})).toMatchObject({ total: 0 });
    expect(await removeAll()).toEqual({ removed: 0, kept: 0 });
  });

  test('passes a group of people on that a test account came to own', async () => {
    const [a = ''] = await make(1);
    const chatId = await group(person, [a, admin.userId]);
    await world.database.chatParticipant.updateMany({ where: { chatId, userId: a }, data: { role: 'OWNER' } });
    await removeAll();
    const owners = await world.database.chatParticipant.findMany({ where: { chatId, leftAt: null, role: 'OWNER' } });
    expect(owners.map(({ userId }) => userId)).toEqual([person]);
  });

  test('never touches a person', async () => {
    const before = await world.database.user.count({ where: { isTest: false } });
    const chatId = await group(person, [admin.userId]);
    await make(5);
    await removeAll();
    expect(await world.database.user.count({ where: { isTest: false } })).toBe(before);
    expect(await world.ask(person, 'chat.get', { chatId })).toMatchObject({ id: chatId });
  });

  test('leaves the audit of those who are gone whole', async () => {
    const [a = '', b = ''] = await make(2);
    const chatId = await group(a, [b]);
    await removeAll();
    const rows = await world.database.auditLog.findMany({ where: { targetId: chatId } });
    expect(rows).toMatchObject([{ actorId: a, action: 'chat.open' }]);
    const { openEntry } = await import('../../../../src/platform/audit/open-entry.ts');
    const [row] = rows;
    if (!row) throw new Error('there is no audit row');
    // A process that has not read the key before.
    const { createSubjectKeys } = await import('../../../../src/platform/subject-keys/subject-keys.ts');
    const { sealing, config } = world.platform;
    const subjectKeys = createSubjectKeys(config.encryptionKey, sealing);
    expect(await openEntry({ sealing, subjectKeys }, world.database, row)).toEqual({ origin: null, payload: null });
  });
});

describe('events', () => {
  const host = async (by: string, ticketTypes: object[]): Promise<Sale> => {
    const { id: eventId } = await world.ask<EventAnswer>(by, 'event.create', newEvent({ ticketTypes }));
    const { ticketTypes: made } = await world.ask<EventAnswer>(by, 'event.publish', { eventId });
    await world.settle();
    return { eventId, host: by, types: made.map(({ id }) => id) };
  };
  const FREE = [{ name: 'Free', price: 0, capacity: 5 }];
  const PAID = [{ name: 'Seat', price: 50_000, capacity: 5 }];

  test('among test accounts alone go with all that was booked', async () => {
    const [a = '', b = ''] = await make(2);
    const sale = await host(a, FREE);
    await world.book(b, sale, 2);
    await world.ask(b, 'savedEvent.add', { eventId: sale.eventId });
    expect(await removeAll()).toEqual({ removed: 2, kept: 0 });
    for (const table of ['events', 'chats']) expect(await count(table, 'id', [sale.eventId])).toBe(0);
    for (const table of ['bookings', 'inventory_holds', 'event_participants', 'ticket_types']) {
      expect(await count(table, 'event_id', [sale.eventId])).toBe(0);
    }
  });

  test('that people booked are called off, and stay for them', async () => {
    const [a = '', b = ''] = await make(2);
    const sale = await host(a, FREE);
    const booking = await world.book(person, sale);
    await world.book(b, sale);
    expect(await removeAll()).toEqual({ removed: 1, kept: 1 });
    expect(await world.database.event.findUniqueOrThrow({ where: { id: sale.eventId } })).toMatchObject({
      status: 'CANCELLED',
    });
    expect(await world.ask(person, 'booking.get', { bookingId: booking.id })).toMatchObject({ status: 'CANCELLED' });
    expect(await count('bookings', 'user_id', [b])).toBe(0);
  });

  test('of people have their seats again, held and sold, and keep what was paid for', async () => {
    const [a = '', b = '', c = ''] = await make(3);
    const free = await host(person, FREE);
    const paid = await host(person, PAID);
    await world.book(a, free, 2);
    await world.book(b, paid, 3);
    const bought = await world.book(c, paid);
    await world.capture(await world.pay(c, bought.id));
    await world.settle();
    // Who held a ticket was in the chat of the event, and so was whoever paid.
    const { kept, removed } = await removeAll();
    expect(kept + removed).toBe(3);
    const types = await world.database.ticketType.findMany({
      where: { eventId: { in: [free.eventId, paid.eventId] } },
      select: { name: true, held: true, sold: true },
      orderBy: { name: 'asc' },
    });
    expect(types).toEqual([
      { name: 'Free', held: 0, sold: 0 },
      { name: 'Seat', held: 0, sold: 1 },
    ]);
    expect(await count('bookings', 'user_id', [a, b, c])).toBe(1);
    expect((await accounts([a, b, c])).map(({ id }) => id)).toContain(c);
    expect((await accounts([b])).length).toBe(0);
  });

  test('that test accounts sold for money stay beneath the books, with an empty host', async () => {
    const [a = '', b = ''] = await make(2);
    const sale = await host(a, PAID);
    const bought = await world.book(b, sale);
    await world.capture(await world.pay(b, bought.id));
    await world.settle();
    expect(await removeAll()).toEqual({ removed: 0, kept: 2 });
    const payments = await world.database.payment.findMany({ where: { userId: b } });
    expect(payments).toHaveLength(1);
    for (const row of await accounts([a, b])) {
      expect(row).toMatchObject({ status: 'DELETED', email: `${row.id}@load.invalid` });
    }
  });
});
