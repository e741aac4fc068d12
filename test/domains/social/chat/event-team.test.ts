import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EventAnswer, type EventWorld, newEvent, openEventWorld } from '../../events/support/event-world.ts';

let world: EventWorld;
let host: string;
let bob: string;
let eventId: string;
let ticketTypeId: string;

beforeAll(async () => {
  world = await openEventWorld();
  [host = '', bob = ''] = world.people;
});

afterAll(() => world?.close());

beforeEach(async () => {
  const ticketTypes = [{ name: 'Seat', price: 0, capacity: 5 }];
  const event = await world.ask<EventAnswer>(host, 'event.create', newEvent({ ticketTypes }));
  eventId = event.id;
  ticketTypeId = event.ticketTypes[0]?.id ?? '';
  await world.ask(host, 'event.publish', { eventId });
  await world.settle();
});

const invite = (role = 'CO_HOST') => world.ask(host, 'host.invite', { eventId, userId: bob, role });
const join = async (role = 'CO_HOST'): Promise<void> => {
  await invite(role);
  await world.ask(bob, 'host.accept', { eventId });
  await world.settle();
};
const remove = async (by: string): Promise<void> => {
  await world.ask(by, 'host.remove', { eventId, userId: bob });
  await world.settle();
};
const book = async (): Promise<string> => {
  const items = [{ ticketTypeId, quantity: 1 }];
  const { id } = await world.ask<{ id: string }>(bob, 'booking.create', { eventId, items });
  await world.settle();
  return id;
};
/** Bob's role in the chat; null when he is no member. */
const bobsRole = async (): Promise<string | null> => {
  const where = { chatId: eventId, userId: bob, leftAt: null };
  return (await world.database.chatParticipant.findFirst({ where }))?.role ?? null;
};
const left = async () =>
  (await world.log(`chat:${eventId}`)).filter(({ signal }) => signal === 'chat.memberLeft').map(({ data }) => data);

test('who is removed from the team, or leaves it, is told out of the event’s chat', async () => {
  for (const by of [host, bob]) {
    await join();
    expect(await bobsRole()).toBe('MODERATOR');
    await remove(by);
    expect(await bobsRole()).toBeNull();
  }
  expect(await left()).toEqual([
    { chatId: eventId, userIds: [bob] },
    { chatId: eventId, userIds: [bob] },
  ]);
});

test('with a ticket they stay, and look after the chat no more; without it they go too', async () => {
  await join();
  const bookingId = await book();
  expect(await bobsRole()).toBe('MODERATOR');
  await remove(host);
  expect(await bobsRole()).toBe('MEMBER');
  expect(await left()).toEqual([]);
  await world.ask(bob, 'booking.cancel', { bookingId });
  await world.settle();
  expect(await bobsRole()).toBeNull();
});

test('a place at the door brings nobody in, and one given instead of another takes them out', async () => {
  await join('DOOR_STAFF');
  expect(await bobsRole()).toBeNull();
  const setRole = async (role: string) => {
    await world.ask(host, 'host.setRole', { eventId, userId: bob, role });
    await world.settle();
  };
  await setRole('MANAGER');
  expect(await bobsRole()).toBe('MODERATOR');
  await setRole('DOOR_STAFF');
  expect(await bobsRole()).toBeNull();
});

test('an invitation that is turned down is no news to the chat', async () => {
  await invite();
  await remove(bob);
  expect(await left()).toEqual([]);
});

test('facts that come late, after they came back, take nobody out', async () => {
  await join();
  await world.ask(host, 'host.remove', { eventId, userId: bob });
  await invite();
  await world.ask(bob, 'host.accept', { eventId });
  await world.settle();
  expect(await bobsRole()).toBe('MODERATOR');
  expect(await left()).toEqual([]);
});

/** Every way to take and give up a place in the team (T) and a ticket (K), four times. */
const ORDERS = Array.from({ length: 16 }, (_, bits) => [8, 4, 2, 1].map((bit) => (bits & bit ? 'T' : 'K')).join(''));

test.each(ORDERS)(
  'after %s the chat has the place that team and ticket give, whenever the facts come',
  async (order) => {
    for (const isTold of [true, false]) {
      let [isInTeam, bookingId]: [boolean, string | null] = [false, null];
      const settle = isTold ? world.settle : async () => {};
      for (const step of order) {
        if (step === 'T') {
          if (isInTeam) await world.ask(host, 'host.remove', { eventId, userId: bob });
          else {
            await invite();
            await world.ask(bob, 'host.accept', { eventId });
          }
          isInTeam = !isInTeam;
        } else if (bookingId === null) {
          const items = [{ ticketTypeId, quantity: 1 }];
          bookingId = (await world.ask<{ id: string }>(bob, 'booking.create', { eventId, items })).id;
        } else {
          await world.ask(bob, 'booking.cancel', { bookingId });
          bookingId = null;
        }
        await settle();
        if (isTold) expect(await bobsRole()).toBe(roleOf(isInTeam, bookingId !== null));
      }
      await world.settle();
      expect(await bobsRole()).toBe(roleOf(isInTeam, bookingId !== null));
      if (isInTeam) await remove(host);
      if (bookingId !== null) await world.ask(bob, 'booking.cancel', { bookingId });
      await world.settle();
      expect(await bobsRole()).toBeNull();
    }
  },
);

const roleOf = (isInTeam: boolean, hasTicket: boolean): string | null => {
  if (isInTeam) return 'MODERATOR';
  return hasTicket ? 'MEMBER' : null;
};

test('who looks after the chat from now on is told to every node by its log', async () => {
  await book();
  const joined = async () =>
    (await world.log(`chat:${eventId}`)).filter(({ signal }) => signal === 'chat.memberJoined').length;
  const before = await joined();
  await join();
  expect(await joined()).toBe(before + 1);
});
