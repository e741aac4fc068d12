import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bookingConfirmed, eventPostponed, waitlistOffered } from '../../../src/domains/events/facts.ts';
import { archiveNotifications } from '../../../src/domains/notifications/notification/archive-old.writes.ts';
import { refundSettled } from '../../../src/domains/payments/facts.ts';
import type { FactContract, PayloadOf } from '../../../src/kernel/contract.ts';
import { recordFact } from '../../../src/platform/facts/outbox.ts';
import { newId } from '../../../src/platform/ids.ts';
import { type MailServer, startMailServer } from '../../support/mail-server.ts';
import { type EventWorld, openEventWorld } from '../events/support/event-world.ts';

interface Inbox {
  items: { id: string; type: string; title: string; message: string; readAt: string | null }[];
  nextCursor: string | null;
  unread: number;
}

let world: EventWorld;
let mail: MailServer;
let eventId: string;
let host: string;
let buyer: string;
let guest: string;

beforeAll(async () => {
  mail = await startMailServer();
  world = await openEventWorld({ MAIL_URL: mail.url });
  [host = '', buyer = '', guest = ''] = world.people;
  const friends = { requesterId: buyer, addresseeId: guest, status: 'ACCEPTED' } as const;
  await world.database.friendship.create({ data: { id: newId(), ...friends } });
});

afterAll(async () => {
  await world?.close();
  await mail?.stop();
});

beforeEach(async () => {
  mail.letters.length = 0;
  mail.answers.length = 0;
  await world.database.notification.deleteMany();
  const startDate = new Date(Date.now() + 86_400_000);
  const endDate = new Date(startDate.getTime() + 3_600_000);
  eventId = newId();
  const row = {
    id: eventId,
    title: 'Night of Lanterns',
    description: 'By the river.',
    slug: `lanterns-${eventId}`,
    hostId: host,
    startDate,
    endDate,
  };
  await world.database.event.create({ data: row });
});

const tell = async <F extends FactContract>(fact: F, payload: PayloadOf<F>): Promise<void> => {
  await world.database.$transaction((tx) => recordFact(tx, fact, payload));
  await world.settle();
};

const confirmed = (bookingId: string) => ({
  ...{ bookingId, eventId, hostId: host, userId: buyer, userIds: [buyer, guest] },
  ...{ quantity: 2, totalMinor: 2_500, currency: 'EUR', confirmedAt: new Date().toISOString() },
});

const inboxOf = (userId: string, input: object = {}): Promise<Inbox> =>
  world.ask<Inbox>(userId, 'notification.list', input);

test('a confirmed booking is told to its buyer and its guest, once, however often the fact arrives', async () => {
  const bookingId = newId();
  for (let repeat = 0; repeat < 3; repeat += 1) await tell(bookingConfirmed, confirmed(bookingId));
  const inbox = await inboxOf(buyer);
  expect(inbox).toMatchObject({
    unread: 1,
    items: [{ type: 'BOOKING_CONFIRMED', title: 'You are going: Night of Lanterns' }],
  });
  expect(inbox.items[0]?.message).toBe('Your booking of 2 tickets is confirmed. Paid: 25.00 EUR.');
  expect((await inboxOf(guest)).items).toMatchObject([{ type: 'TICKET_ISSUED' }]);
  expect((await inboxOf(host)).items).toEqual([]);
});

test('pages follow one another, reading counts down, and nobody reads for others', async () => {
  for (let number = 0; number < 5; number += 1) await tell(bookingConfirmed, confirmed(newId()));
  const first = await inboxOf(buyer, { limit: 3 });
  const rest = await inboxOf(buyer, { limit: 3, cursor: first.nextCursor });
  expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(5);
  expect(rest.nextCursor).toBeNull();
  const ids = first.items.map(({ id }) => id);
  expect(await world.ask(guest, 'notification.read', { ids })).toEqual({ read: 0, unread: 5 });
  expect(await world.ask(buyer, 'notification.read', { ids })).toEqual({ read: 3, unread: 2 });
  expect((await inboxOf(buyer, { unreadOnly: true })).items).toHaveLength(2);
  expect(await world.ask(buyer, 'notification.read', {})).toEqual({ read: 2, unread: 0 });
});

test('reading all up to what was shown leaves what came since, and names nothing of others', async () => {
  for (let number = 0; number < 4; number += 1) await tell(bookingConfirmed, confirmed(newId()));
  const [newest, , shown] = (await inboxOf(buyer)).items;
  expect(await world.ask(buyer, 'notification.read', { upTo: shown?.id })).toEqual({ read: 2, unread: 2 });
  expect((await inboxOf(buyer, { unreadOnly: true })).items.map(({ id }) => id)).toContain(newest?.id);
  const refused = { ok: false, error: { code: 'INVALID_INPUT', issues: [{ path: 'upTo' }] } };
  expect(await world.call(guest, 'notification.read', { upTo: newest?.id })).toMatchObject(refused);
  expect(await world.call(buyer, 'notification.read', { upTo: newId() })).toMatchObject(refused);
  const both = { upTo: newest?.id, ids: [newest?.id] };
  expect(await world.call(buyer, 'notification.read', both)).toMatchObject(refused);
  expect((await inboxOf(buyer)).unread).toBe(2);
});

test('what months ago was moved to the archive is listed, counted and read as before', async () => {
  const DAY_MS = 86_400_000;
  const rows = Array.from({ length: 12 }, (_, month) => ({
    ...({ id: newId(), userId: buyer, type: 'SYSTEM', title: `${month} months ago`, message: '' } as const),
    createdAt: new Date(Date.now() - month * 30 * DAY_MS - 1_000),
    readAt: month % 3 === 0 ? new Date() : null,
    // What was to be told later is as old as that, and stays among older ones that move.
    notBefore: month === 7 ? new Date() : null,
  }));
  await world.database.notification.createMany({ data: rows });
  await world.database.notification.create({
    data: { ...rows[11], id: newId(), readAt: null, deletedAt: new Date(), title: 'thrown away' } as never,
  });
  const listed = async (input: object, between = async () => {}) => {
    const seen: string[] = [];
    let page: Inbox | null = null;
    do {
      page = await inboxOf(buyer, { limit: 3, ...input, ...(page ? { cursor: page.nextCursor } : {}) });
      expect(page.unread).toBe(8);
      seen.push(...page.items.map(({ title }) => title));
      await between();
    } while (page.nextCursor !== null);
    return seen;
  };
  const before = [await listed({}), await listed({ unreadOnly: true })];
  expect(before.map(({ length }) => length)).toEqual([12, 8]);
  const move = async (): Promise<void> => {
    await archiveNotifications(world.database, new Date(Date.now() - 90 * DAY_MS), 3);
  };
  expect(await listed({}, move), 'also while it moves').toEqual(before[0]);
  expect(await world.database.notification.count({ where: { userId: buyer } })).toBe(4);
  expect([await listed({}), await listed({ unreadOnly: true })]).toEqual(before);
  const ids = [rows[1]?.id, rows[10]?.id, rows[9]?.id];
  expect(await world.ask(guest, 'notification.read', { ids })).toEqual({ read: 0, unread: 0 });
  expect(await world.ask(buyer, 'notification.read', { ids })).toEqual({ read: 2, unread: 6 });
  expect(await world.ask(buyer, 'notification.read', {})).toEqual({ read: 6, unread: 0 });
  expect((await inboxOf(buyer, { limit: 100 })).items.every(({ readAt }) => readAt !== null)).toBe(true);
  await world.database.$executeRaw`DELETE FROM archive.notifications`;
});

test('a co-host is told of a share that is given, changed, taken away, or ends with their place', async () => {
  await world.ask(host, 'host.invite', { eventId, userId: guest, role: 'CO_HOST' });
  await world.ask(guest, 'host.accept', { eventId });
  for (const shareBasisPoints of [1_000, 1_000, 1_250, 0, 29]) {
    await world.ask(host, 'host.setShare', { eventId, userId: guest, shareBasisPoints });
  }
  await world.ask(guest, 'host.remove', { eventId, userId: guest });
  await world.settle();
  const told = (await inboxOf(guest)).items.filter(({ title }) => title.startsWith('Your share'));
  expect(told.map(({ title }) => title)).toEqual(Array(5).fill('Your share of the earnings: Night of Lanterns'));
  expect(told.map(({ message }) => message.split('.').slice(0, -2).join('.')).toReversed()).toEqual([
    'Your share is now 10%',
    'Your share is now 12.5%; it was 10%',
    'Your share of 12.5% has ended',
    'Your share is now 0.29%',
    'Your share of 0.29% has ended',
  ]);
  await world.runJob('notification.deliverDue');
  expect(mail.letters.filter(({ subject }) => subject.startsWith('Your share'))).toHaveLength(5);
});

describe('by mail', () => {
  test('each letter once, though the job runs often and the server is busy at first', async () => {
    mail.answers.push('451 busy');
    await tell(bookingConfirmed, confirmed(newId()));
    await world.runJob('notification.deliverDue');
    await world.database.notificationDelivery.updateMany({
      where: { status: 'PENDING' },
      data: { nextAttemptAt: new Date() },
    });
    await Promise.all([world.runJob('notification.deliverDue'), world.runJob('notification.deliverDue')]);
    expect(mail.letters.map(({ subject }) => subject).sort()).toEqual([
      'You are going: Night of Lanterns',
      'You have a ticket: Night of Lanterns',
    ]);
    expect(new Set(mail.letters.map(({ messageId }) => messageId)).size).toBe(2);
  });

  test('nothing goes to an address that is not proved, nor to one that is so no longer; the inbox has it', async () => {
    const proved = (userId: string, emailVerified: boolean) =>
      world.database.user.update({ where: { id: userId }, data: { emailVerified } });
    await proved(guest, false);
    await tell(bookingConfirmed, confirmed(newId()));
    await proved(buyer, false);
    await world.runJob('notification.deliverDue');
    expect(mail.letters).toEqual([]);
    expect(await world.database.notificationDelivery.findMany({ where: { channel: 'EMAIL' } })).toMatchObject([
      { status: 'SUPPRESSED', suppressionReason: 'NO_ENDPOINT' },
    ]);
    expect([await inboxOf(buyer), await inboxOf(guest)]).toMatchObject([{ unread: 1 }, { unread: 1 }]);
    await Promise.all([proved(buyer, true), proved(guest, true)]);
  });

  test('what the server refuses for good is not tried again', async () => {
    mail.answers.push('550 no such mailbox', '550 no such mailbox');
    await tell(bookingConfirmed, confirmed(newId()));
    await world.runJob('notification.deliverDue');
    expect(await world.database.notificationDelivery.count({ where: { status: 'DEAD' } })).toBe(2);
    expect(mail.letters).toEqual([]);
  });

  test('a letter whose worker died is taken up when its lease has ended', async () => {
    await tell(bookingConfirmed, confirmed(newId()));
    const leased = { status: 'SENDING' as const, attempts: 1, leaseUntil: new Date(Date.now() - 1) };
    await world.database.notificationDelivery.updateMany({ where: { channel: 'EMAIL' }, data: leased });
    await world.runJob('notification.deliverDue');
    expect(mail.letters).toHaveLength(2);
  });

  test('an offer that is open no longer is not sent', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const offer = { offerId: newId(), entryId: newId(), ticketTypeId: newId(), quantity: 1, expiresAt };
    await tell(waitlistOffered, { eventId, hostId: host, userId: buyer, ...offer });
    await world.runJob('notification.deliverDue');
    expect(mail.letters).toEqual([]);
    expect(await world.database.notificationDelivery.findFirst({ where: { channel: 'EMAIL' } })).toMatchObject({
      status: 'SUPPRESSED',
      suppressionReason: 'IRRELEVANT',
    });
  });

  test('news of events is turned off by who does not want it; money and tickets are not', async () => {
    for (const category of ['EVENT', 'PAYMENT']) {
      await world.ask(buyer, 'preference.set', { category, channel: 'EMAIL', isEnabled: false });
    }
    await world.database.eventParticipant.create({
      data: { eventId, userId: buyer, status: 'ISSUED', issuedAt: new Date() },
    });
    await tell(eventPostponed, { eventId, hostId: host, note: null, postponedAt: new Date().toISOString() });
    await world.runJob('notification.fanOut');
    await world.settle();
    const refunded = { refundId: newId(), paymentId: newId(), bookingId: null, participantId: null };
    await tell(refundSettled, { ...refunded, userId: buyer, amountMinor: 1_500, currency: 'KWD' });
    await world.runJob('notification.deliverDue');
    expect((await inboxOf(buyer)).items.map(({ type }) => type).sort()).toEqual(['EVENT_UPDATED', 'REFUND_SETTLED']);
    expect(mail.letters.map(({ text }) => text)).toEqual(['1.500 KWD was paid back the way it came.']);
  });
});

test('who turned the inbox off for news of events has no such news in it, and still gets the letter, once', async () => {
  await world.ask(buyer, 'preference.set', { category: 'EVENT', channel: 'IN_APP', isEnabled: false });
  await world.ask(buyer, 'preference.set', { category: 'EVENT', channel: 'EMAIL', isEnabled: true });
  await world.database.eventParticipant.create({
    data: { eventId, userId: buyer, status: 'ISSUED', issuedAt: new Date() },
  });
  await tell(eventPostponed, { eventId, hostId: host, note: null, postponedAt: new Date().toISOString() });
  await world.runJob('notification.fanOut');
  await world.settle();
  for (let repeat = 0; repeat < 2; repeat += 1) await world.runJob('notification.deliverDue');
  expect(await inboxOf(buyer)).toMatchObject({ items: [], unread: 0 });
  expect(mail.letters).toHaveLength(1);
  await world.ask(buyer, 'preference.set', { category: 'EVENT', channel: 'IN_APP', isEnabled: true });
  expect((await inboxOf(buyer)).items).toEqual([]);
  await tell(bookingConfirmed, confirmed(newId()));
  expect(await inboxOf(buyer)).toMatchObject({ unread: 1 });
});

test('many are told in batches, each once, whoever runs the job and however often', async () => {
  const people = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      const id = newId();
      const email = `guest-${index}-${id}@rally.example`;
      await world.database.user.create({ data: { id, email, username: `guest_${id.slice(-12)}`, password: 'x' } });
      const admission = { eventId, userId: id, status: 'ISSUED' as const, issuedAt: new Date() };
      // Two tickets are one person.
      await world.database.eventParticipant.createMany({ data: [admission, admission] });
      return id;
    }),
  );
  await tell(eventPostponed, { eventId, hostId: host, note: 'The river rose.', postponedAt: new Date().toISOString() });
  await Promise.all(Array.from({ length: 4 }, () => world.runJob('notification.fanOut')));
  const told = await world.database.notification.findMany({ where: { eventId }, select: { userId: true } });
  expect(told.map(({ userId }) => userId).sort()).toEqual([...people].sort());
  expect(await world.database.notificationQueue.findFirst({ where: { eventId } })).toMatchObject({
    status: 'DONE',
    sentCount: 30,
  });
});
