import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  bookingCancelled,
  bookingConfirmed,
  eventPostponed,
  hostInvited,
  ticketTransferred,
} from '../../../src/domains/events/facts.ts';
import type { FactContract, PayloadOf } from '../../../src/kernel/contract.ts';
import { recordFact } from '../../../src/platform/facts/outbox.ts';
import { newId } from '../../../src/platform/ids.ts';
import { type MailServer, startMailServer } from '../../support/mail-server.ts';
import { type EventWorld, openEventWorld } from '../events/support/event-world.ts';

let world: EventWorld;
let mail: MailServer;
let eventId: string;
let people: string[];
let giver: string;

beforeAll(async () => {
  mail = await startMailServer();
  world = await openEventWorld({ MAIL_URL: mail.url });
  [giver = '', ...people] = world.people;
});
afterAll(async () => {
  await world?.close();
  await mail?.stop();
});

beforeEach(async () => {
  mail.letters.length = 0;
  eventId = newId();
  const startDate = new Date(Date.now() + 86_400_000);
  await world.database.event.create({
    data: {
      ...{ id: eventId, title: 'Verify your wallet at evil.example', description: 'x', slug: `e-${eventId}` },
      ...{ hostId: giver, startDate, endDate: new Date(startDate.getTime() + 3_600_000) },
    },
  });
});

/** A person nobody has done anything with yet. */
const somebody = (): string => {
  const next = people.pop();
  if (next === undefined) throw new Error('all of the world’s people are used up');
  return next;
};
const tell = async <F extends FactContract>(fact: F, payload: PayloadOf<F>): Promise<void> => {
  await world.database.$transaction((tx) => recordFact(tx, fact, payload));
  await world.settle();
  await world.runJob('notification.deliverDue');
};
const CONFIRMED = { status: 'CONFIRMED', totalAmount: 0n, confirmedAt: new Date() } as const;
const toldTo = async (userId: string): Promise<string[]> =>
  (await world.database.notification.findMany({ where: { userId, eventId } })).map(({ type }) => type);
const letters = (): string[] => mail.letters.map(({ to }) => to.split('@')[0] ?? '');

/** Everything a giver can have told to the holder of a ticket they gave. */
const giveTicket = async (holder: string): Promise<void> => {
  const booking = { bookingId: newId(), eventId, hostId: giver, userId: giver };
  const at = new Date().toISOString();
  const paid = { quantity: 1, totalMinor: 0, currency: 'EUR' };
  await tell(bookingConfirmed, { ...booking, ...paid, userIds: [holder], confirmedAt: at });
  const [admissionId, newAdmissionId] = [newId(), newId()];
  const passed = { admissionId, newAdmissionId, fromUserId: giver, toUserId: holder };
  await tell(ticketTransferred, { ...booking, ...passed });
  await world.database.booking.create({
    data: {
      id: booking.bookingId,
      eventId,
      userId: giver,
      reference: booking.bookingId.slice(-10),
      ...CONFIRMED,
    },
  });
  const ticket = { eventId, bookingId: booking.bookingId, userId: holder, status: 'ISSUED' as const };
  await world.database.eventParticipant.create({ data: { id: newId(), ...ticket } });
  await tell(eventPostponed, { eventId, hostId: giver, note: 'Read this', postponedAt: at });
  await world.runJob('notification.fanOut');
  await world.settle();
  const lost = { admissionIds: [admissionId], userIds: [holder], isWhole: true, wasConfirmed: true };
  const ended = { ...lost, reason: 'BY_ATTENDEE' as const, refundMinor: 0, cancelledAt: at };
  await tell(bookingCancelled, { ...booking, ...ended, quantity: 1, currency: 'EUR' });
};
const ALL = ['TICKET_ISSUED', 'TICKET_TRANSFERRED', 'EVENT_UPDATED', 'BOOKING_CANCELLED'];

test('a stranger’s tickets bring nothing: no word in the app, no letter', async () => {
  const holder = somebody();
  await giveTicket(holder);
  expect(await toldTo(holder)).toEqual([]);
  expect(letters()).not.toContain(holder);
});

/** What a person may have had to do with the giver. */
const ACTS = {
  befriend: (holder: string) =>
    world.database.friendship.create({
      data: { id: newId(), requesterId: giver, addresseeId: holder, status: 'ACCEPTED' },
    }),
  follow: (holder: string) => world.database.follow.create({ data: { followerId: holder, followeeId: giver } }),
  openChat: (holder: string) => world.ask(holder, 'chat.open', { kind: 'DIRECT', memberIds: [giver] }),
  readDirect: async (holder: string) => {
    const { id: chatId } = await world.ask<{ id: string }>(giver, 'chat.open', { kind: 'DIRECT', memberIds: [holder] });
    await world.database.chatParticipant.update({
      where: { chatId_userId: { chatId, userId: holder } },
      data: { lastReadSeq: 1 },
    });
  },
  writeInGroup: async (holder: string) => {
    const group = { kind: 'GROUP', memberIds: [holder], title: 'Us' };
    const { id: chatId } = await world.ask<{ id: string }>(giver, 'chat.open', group);
    const message = {
      id: newId(),
      clientId: newId(),
      seq: 1n,
      ordinal: 1n,
      appliedSeq: 1n,
      body: 'Hi',
      sentAt: new Date(),
    };
    await world.database.message.create({ data: { ...message, chatId, senderId: holder } });
  },
  book: async (holder: string) => {
    const id = newId();
    await world.database.booking.create({
      data: { id, eventId, userId: holder, reference: id.slice(-10), ...CONFIRMED },
    });
  },
};

test.each([
  ['befriended', ACTS.befriend],
  ['follows', ACTS.follow],
  ['opened a chat with', ACTS.openChat],
  ['read a chat with', ACTS.readDirect],
  ['wrote in a group of', ACTS.writeInGroup],
  ['booked an event of', ACTS.book],
])('who %s the giver is told of it all', async (_how, act: (holder: string) => Promise<unknown>) => {
  const holder = somebody();
  await act(holder);
  await giveTicket(holder);
  const told = await toldTo(holder);
  for (const type of ALL) expect(told).toContain(type);
  expect(letters()).toContain(holder);
});

test('what others do makes nobody an acquaintance, and an invitation by a stranger stays in the inbox', async () => {
  const holder = somebody();
  await world.ask(giver, 'chat.open', { kind: 'DIRECT', memberIds: [holder] });
  await world.ask(giver, 'chat.open', { kind: 'GROUP', memberIds: [holder], title: 'Read this' });
  await world.database.follow.create({ data: { followerId: giver, followeeId: holder } });
  await world.database.friendship.create({ data: { id: newId(), requesterId: giver, addresseeId: holder } });
  await giveTicket(holder);
  expect(await toldTo(holder)).toEqual([]);
  await tell(hostInvited, { eventId, hostId: giver, userId: holder, role: 'CO_HOST', invitedBy: giver });
  expect(await toldTo(holder)).toEqual(['SYSTEM']);
  expect(letters()).not.toContain(holder);
});
