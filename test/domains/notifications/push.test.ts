import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import webPush from 'web-push';
import { bookingConfirmed, eventPostponed, waitlistOffered } from '../../../src/domains/events/facts.ts';
import { sessionEnded } from '../../../src/domains/identity/facts.ts';
import { byPush } from '../../../src/domains/notifications/delivery/by-push.ts';
import { deliverDueBy } from '../../../src/domains/notifications/delivery/deliver-due.job.ts';
import type { FactContract, PayloadOf } from '../../../src/kernel/contract.ts';
import type { Database } from '../../../src/platform/db/client.ts';
import { recordFact } from '../../../src/platform/facts/outbox.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { PushSubscription } from '../../../src/platform/push/pusher.ts';
import { type PushService, startPushService } from '../../support/push-service.ts';
import { codeOf, type EventWorld, errorOf, openEventWorld } from '../events/support/event-world.ts';

interface Device {
  id: string;
  isCurrent: boolean;
  isReachable: boolean;
}
interface Devices {
  items: Device[];
  applicationServerKey: string;
}
/** Somebody in a session of theirs. */
interface SignedIn {
  userId: string;
  role: string;
  sessionId: string;
}

let world: EventWorld;
let push: PushService;
let eventId: string;
let host: string;
let ann: SignedIn;
let bob: SignedIn;
let applicationServerKey: string;

beforeAll(async () => {
  push = await startPushService();
  const { privateKey } = webPush.generateVAPIDKeys();
  world = await openEventWorld({ VAPID_PRIVATE_KEY: privateKey, PUSH_TEST_ORIGIN: push.origin });
  [host = ''] = world.people;
});

afterAll(async () => {
  await world?.close();
  await push?.stop();
});

beforeEach(async () => {
  push.taken.length = 0;
  push.answers.length = 0;
  await world.database.notification.deleteMany();
  await world.database.deviceToken.deleteMany();
  await world.database.notificationPreference.deleteMany();
  ann = await signIn(world.people[1] ?? '');
  bob = await signIn(world.people[2] ?? '');
  ({ applicationServerKey } = await world.ask<Devices>(ann, 'device.list', {}));
  const startDate = new Date(Date.now() + 86_400_000);
  eventId = newId();
  const text = { title: 'Night of Lanterns', description: 'By the river.', slug: `lanterns-${eventId}` };
  const endDate = new Date(startDate.getTime() + 3_600_000);
  await world.database.event.create({ data: { id: eventId, hostId: host, startDate, endDate, ...text } });
});

const signIn = async (userId: string): Promise<SignedIn> => {
  const sessionId = newId();
  const expiresAt = new Date(Date.now() + 86_400_000);
  await world.database.session.create({
    data: { id: sessionId, userId, address: '192.0.2.1', agent: 'test', expiresAt },
  });
  return { userId, role: 'USER', sessionId };
};

const register = (by: SignedIn, subscription: object): Promise<Device> =>
  world.ask<Device>(by, 'device.register', { platform: 'WEB', provider: 'WEB_PUSH', subscription });

const subscribeAs = async (by: SignedIn): Promise<PushSubscription> => {
  const subscription = push.subscribe(applicationServerKey);
  await register(by, subscription);
  return subscription;
};

const tell = async <F extends FactContract>(fact: F, payload: PayloadOf<F>): Promise<void> => {
  await world.database.$transaction((tx) => recordFact(tx, fact, payload));
  await world.settle();
};

/** Ann's booking is confirmed. @returns its id */
const confirm = async (): Promise<string> => {
  const bookingId = newId();
  await tell(bookingConfirmed, {
    ...{ bookingId, eventId, hostId: host, userId: ann.userId, userIds: [ann.userId] },
    ...{ quantity: 2, totalMinor: 2_500, currency: 'EUR', confirmedAt: new Date().toISOString() },
  });
  return bookingId;
};

const deliver = () => world.runJob('notification.deliverDue');
const pushDeliveries = () =>
  world.database.notificationDelivery.findMany({ where: { channel: 'PUSH' }, orderBy: { createdAt: 'asc' } });
/** Makes what waits for its next attempt due, and what was leased as if its worker had died. */
const passTime = async (): Promise<void> => {
  const [past, channel] = [new Date(Date.now() - 1_000), 'PUSH' as const];
  await world.database.notificationDelivery.updateMany({
    where: { channel, status: 'PENDING' },
    data: { nextAttemptAt: past },
  });
  await world.database.notificationDelivery.updateMany({
    where: { channel, status: 'SENDING' },
    data: { leaseUntil: past },
  });
};

describe('a device', () => {
  test('is listed without what it is reached by, which lies encrypted', async () => {
    const { endpoint, keys } = await subscribeAs(ann);
    const { items } = await world.ask<Devices>(ann, 'device.list', {});
    expect(items).toMatchObject([{ isCurrent: true, isReachable: true, platform: 'WEB', provider: 'WEB_PUSH' }]);
    const row = await world.database.deviceToken.findFirstOrThrow();
    for (const text of [JSON.stringify(items), row.token]) {
      expect(text).not.toContain(endpoint);
      expect(text).not.toContain(keys.auth);
    }
  });

  test('stays one however often it is registered, and belongs to who did so last', async () => {
    const subscription = await subscribeAs(ann);
    const again = await register(ann, subscription);
    expect((await world.ask<Devices>(ann, 'device.list', {})).items.map(({ id }) => id)).toEqual([again.id]);
    await confirm();
    await register(bob, subscription);
    expect((await world.ask<Devices>(ann, 'device.list', {})).items).toEqual([]);
    expect((await world.ask<Devices>(bob, 'device.list', {})).items).toHaveLength(1);
    // What Ann was to be told before is not shown on what is Bob's now.
    await deliver();
    expect(push.taken).toEqual([]);
    expect(await pushDeliveries()).toMatchObject([{ status: 'SUPPRESSED', suppressionReason: 'NO_ENDPOINT' }]);
  });

  test('is one however its address is spelled', async () => {
    const subscription = push.subscribe(applicationServerKey);
    const { host, pathname } = new URL(subscription.endpoint);
    const spellings = [subscription.endpoint, `http://${host}${pathname}#a`, `HTTP://${host}${pathname}#`];
    for (const endpoint of spellings) await register(ann, { ...subscription, endpoint });
    expect((await world.ask<Devices>(ann, 'device.list', {})).items).toHaveLength(1);
    await confirm();
    await deliver();
    expect(push.taken).toHaveLength(1);
  });

  test.each([
    ['en_US', 'en-US'],
    ['pt-br', 'pt-BR'],
    ['zh_Hant_TW', 'zh-Hant-TW'],
    ['de_DE.UTF-8@euro', 'de-DE'],
    ['bn', 'bn'],
  ])('says its language as %s and is kept as %s, with its version as the app says it', async (locale, kept) => {
    const about = { platform: 'WEB', provider: 'WEB_PUSH', appVersion: '1.0.0 (45)', locale };
    const device = await world.ask(ann, 'device.register', {
      ...about,
      subscription: push.subscribe(applicationServerKey),
    });
    expect(device).toMatchObject({ locale: kept, appVersion: '1.0.0 (45)' });
  });

  test('is one person’s when two register it at once', async () => {
    const subscription = push.subscribe(applicationServerKey);
    await Promise.all([ann, bob, ann, bob].map((by) => register(by, subscription)));
    expect(await world.database.deviceToken.count()).toBe(1);
  });

  test('takes the place of the one unseen for longest when there are twenty', async () => {
    const first = await register(ann, push.subscribe(applicationServerKey));
    for (let count = 0; count < 20; count += 1) await register(ann, push.subscribe(applicationServerKey));
    const { items } = await world.ask<Devices>(ann, 'device.list', {});
    expect(items).toHaveLength(20);
    expect(items.map(({ id }) => id)).not.toContain(first.id);
  });

  test('is unregistered by its owner only', async () => {
    const { id: deviceId } = await register(ann, push.subscribe(applicationServerKey));
    expect(codeOf(await world.call(bob, 'device.unregister', { deviceId }))).toBe('NOT_FOUND');
    expect(codeOf(await world.call(ann, 'device.unregister', { deviceId }))).toBe('OK');
    expect(codeOf(await world.call(ann, 'device.unregister', { deviceId }))).toBe('NOT_FOUND');
  });

  test('goes with its session, from the moment that ends', async () => {
    await subscribeAs(ann);
    await confirm();
    const endedAt = new Date();
    await world.database.session.update({ where: { id: ann.sessionId }, data: { revokedAt: endedAt } });
    await deliver();
    expect(push.taken).toEqual([]);
    const { sessionId, userId } = ann;
    await tell(sessionEnded, { sessionId, userId, reason: 'LOGOUT', endedAt: endedAt.toISOString() });
    expect(await world.database.deviceToken.count()).toBe(0);
  });

  test.each(['FCM', 'APNS'])('of %s is refused in plain words', async (provider) => {
    const subscription = push.subscribe(applicationServerKey);
    const answer = await world.call(ann, 'device.register', { platform: 'ANDROID', provider, subscription });
    const error = errorOf(answer);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'provider' }] });
    expect(error.issues?.[0]?.message).toContain('only WEB_PUSH is delivered');
  });

  test('is refused with a key that is none, or at an address that is not public', async () => {
    const { endpoint, keys } = push.subscribe(applicationServerKey);
    const noPoint = { endpoint, keys: { ...keys, p256dh: 'A'.repeat(87) } };
    const inside = { endpoint: 'https://169.254.169.254/latest', keys };
    const plain = { endpoint: 'http://push.example.org/a', keys };
    const refused = async (subscription: object) =>
      errorOf(await world.call(ann, 'device.register', { platform: 'WEB', provider: 'WEB_PUSH', subscription })).issues;
    expect(await refused(noPoint)).toMatchObject([{ path: 'subscription.keys.p256dh' }]);
    const path = 'subscription.endpoint';
    expect(await refused(inside)).toEqual([{ path, message: 'is not on a public host' }]);
    expect(await refused(plain)).toEqual([{ path, message: 'must be https' }]);
  });
});

describe('a message', () => {
  test('reaches every device of its person, readable by it alone, once', async () => {
    const [phone, laptop] = [await subscribeAs(ann), await subscribeAs(ann)];
    await subscribeAs(bob);
    const bookingId = await confirm();
    await Promise.all([deliver(), deliver()]);
    await deliver();
    expect(push.taken.map(({ endpoint }) => endpoint).sort()).toEqual([phone.endpoint, laptop.endpoint].sort());
    expect(push.taken[0]).toMatchObject({
      urgency: 'normal',
      message: { type: 'BOOKING_CONFIRMED', title: 'You are going: Night of Lanterns', data: { bookingId, eventId } },
    });
    expect(await pushDeliveries()).toMatchObject([{ status: 'SENT' }, { status: 'SENT' }]);
  });

  test('does not outlive what it tells of', async () => {
    await subscribeAs(ann);
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const offer = { offerId: newId(), entryId: newId(), ticketTypeId: newId(), quantity: 1, expiresAt };
    await tell(waitlistOffered, { eventId, hostId: host, userId: ann.userId, ...offer });
    // An offer that is open no longer is not sent.
    await deliver();
    expect(await pushDeliveries()).toMatchObject([{ status: 'SUPPRESSED', suppressionReason: 'IRRELEVANT' }]);
    await confirm();
    await world.database.notification.updateMany({
      where: { type: 'BOOKING_CONFIRMED' },
      data: { expiresAt: new Date(Date.now() + 600_000), priority: 'URGENT' },
    });
    await deliver();
    expect(push.taken).toMatchObject([{ urgency: 'high' }]);
    expect(push.taken[0]?.ttlSeconds).toBeGreaterThan(500);
    expect(push.taken[0]?.ttlSeconds).toBeLessThanOrEqual(600);
  });

  test('keeps to what was chosen for push, also to quiet hours', async () => {
    await subscribeAs(ann);
    const admission = { eventId, userId: ann.userId, status: 'ISSUED' as const, issuedAt: new Date() };
    await world.database.eventParticipant.create({ data: admission });
    const postpone = async () => {
      await tell(eventPostponed, { eventId, hostId: host, note: null, postponedAt: new Date().toISOString() });
      await world.runJob('notification.fanOut');
      await world.settle();
    };
    const choice = { category: 'EVENT', channel: 'PUSH' };
    await world.ask(ann, 'preference.set', { ...choice, isEnabled: false });
    await postpone();
    expect(await pushDeliveries()).toEqual([]);
    const minute = new Date().getUTCHours() * 60 + new Date().getUTCMinutes();
    const quietHours = { fromMinute: (minute + 1_430) % 1_440, untilMinute: (minute + 120) % 1_440 };
    await world.ask(ann, 'preference.set', { ...choice, isEnabled: true, quietHours });
    await world.database.user.update({ where: { id: ann.userId }, data: { timeZone: 'UTC' } });
    await postpone();
    await deliver();
    expect(push.taken).toEqual([]);
    const [waiting] = await pushDeliveries();
    expect(waiting?.status).toBe('PENDING');
    expect(waiting?.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
  });

  test('ends a device that is gone, until it is registered again', async () => {
    const subscription = await subscribeAs(ann);
    push.answers.push({ status: 410 });
    await confirm();
    await deliver();
    expect(await pushDeliveries()).toMatchObject([{ status: 'DEAD', lastError: 'the push service answered 410' }]);
    expect((await world.ask<Devices>(ann, 'device.list', {})).items).toMatchObject([{ isReachable: false }]);
    const calls = push.calls();
    await confirm();
    await deliver();
    expect(push.calls()).toBe(calls);
    await register(ann, subscription);
    await confirm();
    await deliver();
    expect(push.taken).toHaveLength(1);
  });

  test('waits for as long as the push service says', async () => {
    await subscribeAs(ann);
    push.answers.push({ status: 429, headers: { 'retry-after': '3600' } }, { status: 503 });
    await confirm();
    await deliver();
    const [told] = await pushDeliveries();
    expect(told).toMatchObject({ status: 'PENDING', attempts: 1 });
    expect(told?.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    const calls = push.calls();
    await deliver();
    expect(push.calls()).toBe(calls);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await passTime();
      await deliver();
    }
    expect(push.taken).toHaveLength(1);
    expect(await pushDeliveries()).toMatchObject([{ status: 'SENT', attempts: 3 }]);
  });

  test('is shown once when its worker dies between sending and noting it', async () => {
    const { endpoint } = await subscribeAs(ann);
    await confirm();
    await world.database.notificationDelivery.deleteMany({ where: { channel: 'EMAIL' } });
    const { database, clock, subjectKeys, pusher } = world.platform;
    const PUSH = byPush({ database, clock, subjectKeys, pusher });
    const ways = { EMAIL: async () => ({ kind: 'NOBODY' }) as const, PUSH };
    const job = deliverDueBy({ database: dyingAtNote(database), clock, ways });
    await expect(job.run({})).rejects.toThrow('the worker died');
    expect(push.taken).toHaveLength(1);
    expect(await pushDeliveries()).toMatchObject([{ status: 'SENDING' }]);
    await passTime();
    await deliver();
    expect(push.taken).toHaveLength(2);
    expect(push.shownBy(endpoint)).toHaveLength(1);
    expect(new Set(push.taken.map(({ message }) => message.id)).size).toBe(1);
    expect(await pushDeliveries()).toMatchObject([{ status: 'SENT', attempts: 2 }]);
  });

  test('goes to no host whose name leads inside, and follows no redirect', async () => {
    const { keys } = push.subscribe(applicationServerKey);
    const { port } = new URL(push.origin);
    await register(ann, { endpoint: `https://localhost:${port}/push/a`, keys });
    const calls = push.calls();
    await confirm();
    await deliver();
    expect(push.calls()).toBe(calls);
    expect(await pushDeliveries()).toMatchObject([{ status: 'DEAD', lastError: 'localhost is not a public host' }]);
    await world.database.deviceToken.deleteMany();

    await subscribeAs(ann);
    push.answers.push({ status: 307, headers: { location: `${push.origin}/elsewhere` } });
    await world.database.notification.deleteMany();
    await confirm();
    await deliver();
    expect(push.calls()).toBe(calls + 1);
    expect(await pushDeliveries()).toMatchObject([{ status: 'DEAD', lastError: 'the push service answered 307' }]);
  });
});

/** A database that is out of reach when an attempt is to be noted. */
const dyingAtNote = (database: Database): Database =>
  new Proxy(database, {
    get: (target, name) => {
      if (name === 'notificationDelivery') {
        return { updateMany: () => Promise.reject(new Error('the worker died')) };
      }
      return Reflect.get(target, name);
    },
  });
