import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TeamRole } from '../../../../src/domains/events/event/policy.ts';
import { sharesOf } from '../../../../src/domains/events/host/host.reads.ts';
import { canAppoint, canRemove } from '../../../../src/domains/events/host/policy.ts';
import type { Answer } from '../../../../src/kernel/execute.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { codeOf, type EventWorld, errorOf, newEvent, openEventWorld } from '../support/event-world.ts';

let world: EventWorld;
let host: string;
let people: string[];

beforeAll(async () => {
  world = await openEventWorld();
  [host = '', ...people] = world.people;
});
afterAll(() => world?.close());

const person = (index: number): string => people[index] ?? '';
const team = async (by: string, eventId: string) => {
  const { items } = await world.ask<{ items: { userId: string; role: string; acceptedAt: string | null }[] }>(
    by,
    'host.list',
    { eventId },
  );
  return items.map(({ userId, role }) => [people.indexOf(userId), role]);
};

test('people are asked, accept, and are seen by the team; others see who stands for the event', async () => {
  const { id: eventId } = await world.ask(
    host,
    'event.create',
    newEvent({ visibility: 'PRIVATE', status: 'PUBLISHED' }),
  );
  const invite = (index: number, role: string) =>
    world.ask(host, 'host.invite', { eventId, userId: person(index), role });
  await invite(0, 'CO_HOST');
  await invite(1, 'DOOR_STAFF');
  expect(codeOf(await world.call(person(0), 'event.get', { eventId })), 'an invitation shows the event').toBe('OK');
  expect(codeOf(await world.call(person(0), 'event.edit', { eventId, venue: 'x' }))).toBe('FORBIDDEN');
  await world.ask(person(0), 'host.accept', { eventId });
  await world.ask(person(1), 'host.accept', { eventId });
  expect(codeOf(await world.call(person(1), 'host.accept', { eventId }))).toBe('CONFLICT');
  expect(codeOf(await world.call(person(2), 'host.accept', { eventId }))).toBe('NOT_FOUND');
  expect(codeOf(await world.call(person(0), 'event.edit', { eventId, venue: 'x', visibility: 'PUBLIC' }))).toBe('OK');
  expect(await team(person(1), eventId)).toEqual([
    [-1, 'OWNER'],
    [0, 'CO_HOST'],
    [1, 'DOOR_STAFF'],
  ]);
  expect(await team(person(5), eventId)).toEqual([
    [-1, 'OWNER'],
    [0, 'CO_HOST'],
  ]);
  const joined = await world.facts('host.joined', eventId);
  expect(joined.map(({ userId, role }) => [people.indexOf(String(userId)), role])).toEqual([
    [0, 'CO_HOST'],
    [1, 'DOOR_STAFF'],
  ]);
});

test('nobody is asked twice, and nobody who is not there', async () => {
  const { id: eventId } = await world.ask(host, 'event.create', newEvent());
  const invite = (userId: string) => world.call(host, 'host.invite', { eventId, userId, role: 'MANAGER' });
  const answers = await Promise.all([invite(person(0)), invite(person(0)), invite(person(0))]);
  expect(answers.map(codeOf).toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'OK']);
  expect(codeOf(await invite(host))).toBe('CONFLICT');
  expect(errorOf(await invite(newId()))).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'userId' }] });
  expect(await world.facts('host.invited', eventId)).toHaveLength(1);
});

test('places are given and taken from above only; who leaves a private event sees it no more', async () => {
  const { id: eventId } = await world.ask(
    host,
    'event.create',
    newEvent({ visibility: 'PRIVATE', status: 'PUBLISHED' }),
  );
  for (const [index, role] of [
    [0, 'MANAGER'],
    [1, 'MANAGER'],
    [2, 'DOOR_STAFF'],
  ] as const) {
    await world.ask(host, 'host.invite', { eventId, userId: person(index), role });
    await world.ask(person(index), 'host.accept', { eventId });
  }
  const setRole = (by: string, index: number, role: string) =>
    world.call(by, 'host.setRole', { eventId, userId: person(index), role });
  expect(codeOf(await setRole(person(0), 1, 'DOOR_STAFF'))).toBe('FORBIDDEN');
  expect(codeOf(await setRole(person(0), 2, 'CO_HOST'))).toBe('FORBIDDEN');
  expect(codeOf(await setRole(person(2), 2, 'MANAGER'))).toBe('FORBIDDEN');
  expect(codeOf(await setRole(person(0), 2, 'SUPERVISOR'))).toBe('OK');
  expect(await world.facts('host.changed', eventId)).toMatchObject([
    { role: 'SUPERVISOR', previousRole: 'DOOR_STAFF' },
  ]);
  const remove = (by: string, index: number) => world.call(by, 'host.remove', { eventId, userId: person(index) });
  expect(codeOf(await remove(person(2), 1))).toBe('FORBIDDEN');
  expect(codeOf(await remove(person(0), 2))).toBe('OK');
  expect(codeOf(await remove(person(1), 1)), 'one leaves by oneself').toBe('OK');
  expect(await world.canWatch(person(2), eventId)).toBe(false);
  expect(await world.canWatch(person(0), eventId)).toBe(true);
});

test('the owner alone gives co-hosts shares, of all earnings at most; each co-host sees their own', async () => {
  const { id: eventId } = await world.ask(host, 'event.create', newEvent({ status: 'PUBLISHED' }));
  for (const [index, role] of [
    [0, 'CO_HOST'],
    [1, 'CO_HOST'],
    [2, 'MANAGER'],
  ] as const) {
    await world.ask(host, 'host.invite', { eventId, userId: person(index), role });
  }
  for (const index of [0, 2]) await world.ask(person(index), 'host.accept', { eventId });
  const share = (by: string, index: number, shareBasisPoints: number) =>
    world.call(by, 'host.setShare', { eventId, userId: person(index), shareBasisPoints });
  expect(codeOf(await share(person(0), 0, 5_000))).toBe('FORBIDDEN');
  expect(codeOf(await share(person(2), 0, 5_000))).toBe('FORBIDDEN');
  expect(codeOf(await share(host, 5, 5_000))).toBe('NOT_FOUND');
  expect(codeOf(await share(host, 0, 10_001))).toBe('INVALID_INPUT');
  expect(errorOf(await share(host, 2, 1))).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/^userId:/),
  });
  expect(await share(host, 0, 7_000)).toMatchObject({ data: { userId: person(0), shareBasisPoints: 7_000 } });
  const left = 'shareBasisPoints: of this event’s earnings 3000 are left to share.';
  expect(errorOf(await share(host, 1, 3_001))).toMatchObject({ code: 'CONFLICT', message: left });
  expect(codeOf(await share(host, 1, 3_000)), 'an invitation may have one').toBe('OK');
  expect(codeOf(await share(host, 0, 7_000)), 'the same again changes nothing').toBe('OK');
  const seenBy = async (by: string) => {
    const { items } = await world.ask<{ items: { userId: string; shareBasisPoints?: number }[] }>(by, 'host.list', {
      eventId,
    });
    return items.map(({ shareBasisPoints }) => shareBasisPoints ?? null);
  };
  expect(await seenBy(host)).toEqual([null, 7_000, 3_000, null]);
  expect(await seenBy(person(0))).toEqual([null, 7_000, null, null]);
  expect(await seenBy(person(2))).toEqual([null, null, null, null]);
  expect(await seenBy(person(6))).toEqual([null, null]);
  expect(await sharesOf(world.database, eventId), 'an invitation has nothing yet').toEqual([
    { userId: person(0), basisPoints: 7_000 },
  ]);
  expect(await world.facts('host.shareChanged', eventId)).toMatchObject([
    { userId: person(0), shareBasisPoints: 7_000, previousBasisPoints: 0 },
    { userId: person(1), shareBasisPoints: 3_000, previousBasisPoints: 0 },
  ]);
  const audited = { targetId: eventId, action: 'host.setShare', actorId: host };
  expect(await world.database.auditLog.count({ where: audited })).toBe(2);
  await world.ask(host, 'host.setRole', { eventId, userId: person(0), role: 'MANAGER' });
  await world.ask(host, 'host.setRole', { eventId, userId: person(0), role: 'CO_HOST' });
  expect(await seenBy(host), 'who is no co-host has none, and gets none back').toEqual([null, 0, 3_000, null]);
  await world.ask(person(1), 'host.remove', { eventId, userId: person(1) });
  expect((await world.facts('host.shareChanged', eventId)).slice(2), 'an end is a change').toMatchObject([
    { userId: person(0), shareBasisPoints: 0, previousBasisPoints: 7_000 },
    { userId: person(1), shareBasisPoints: 0, previousBasisPoints: 3_000 },
  ]);
});

test('of shares given at once no more is given than there is', async () => {
  const { id: eventId } = await world.ask(host, 'event.create', newEvent());
  const points = [4_000, 4_000, 4_000, 3_000, 2_000];
  for (const index of points.keys()) {
    await world.ask(host, 'host.invite', { eventId, userId: person(index), role: 'CO_HOST' });
  }
  const give = (shareBasisPoints: number, index: number) =>
    world.call(host, 'host.setShare', { eventId, userId: person(index), shareBasisPoints });
  const answers = await Promise.all(points.map(give));
  const given = points.filter((_, place) => codeOf(answers[place] as Answer) === 'OK');
  const sum = given.reduce((total, each) => total + each, 0);
  expect(sum).toBeLessThanOrEqual(10_000);
  expect(given.length).toBeGreaterThan(1);
  const { _sum } = await world.database.eventHost.aggregate({
    where: { eventId },
    _sum: { revenueShareBasisPoints: true },
  });
  expect(_sum.revenueShareBasisPoints).toBe(sum);
});

test('no place is filled or emptied by who does not stand above it', () => {
  const role = fc.constantFrom<TeamRole>('OWNER', 'CO_HOST', 'MANAGER', 'SUPERVISOR', 'DOOR_STAFF');
  const order: TeamRole[] = ['DOOR_STAFF', 'SUPERVISOR', 'MANAGER', 'CO_HOST', 'OWNER'];
  fc.assert(
    fc.property(fc.option(role), role, (own, place) => {
      const isAbove = own !== null && order.indexOf(own) > order.indexOf(place) && order.indexOf(own) >= 2;
      expect(canAppoint(own, place)).toBe(isAbove);
      expect(canRemove({ userId: 'a', role: own }, { userId: 'b', role: place })).toBe(isAbove);
      expect(canRemove({ userId: 'a', role: own }, { userId: 'a', role: place })).toBe(place !== 'OWNER');
    }),
  );
});
