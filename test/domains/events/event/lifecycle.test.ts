import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EDGES, type EdgeName } from '../../../../src/domains/events/event/lifecycle.rules.ts';
import type { EventStatus } from '../../../../src/generated/prisma/enums.ts';
import { codeOf, type EventWorld, newEvent, openEventWorld } from '../support/event-world.ts';

let world: EventWorld;
let host: string;
const moderator = { userId: '', role: 'MODERATOR' };

beforeAll(async () => {
  world = await openEventWorld();
  host = world.people[0] ?? '';
  moderator.userId = world.people[1] ?? '';
});
afterAll(() => world?.close());

const soon = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

/** How each edge is asked for by people, and the fact that tells it. */
const STEPS: Record<Exclude<EdgeName, 'start'>, { operation: string; input?: () => object; fact: string }> = {
  submit: { operation: 'event.submitForReview', fact: 'event.submitted' },
  withdraw: { operation: 'event.withdraw', fact: 'event.returned' },
  approve: { operation: 'event.review', input: () => ({ decision: 'APPROVE' }), fact: 'event.published' },
  reject: { operation: 'event.review', input: () => ({ decision: 'REJECT', reason: 'No' }), fact: 'event.returned' },
  publish: { operation: 'event.publish', fact: 'event.published' },
  complete: { operation: 'event.complete', fact: 'event.completed' },
  postpone: { operation: 'event.postpone', input: () => ({ note: 'Rain' }), fact: 'event.postponed' },
  reschedule: {
    operation: 'event.reschedule',
    input: () => ({ startDate: soon(48), endDate: soon(50) }),
    fact: 'event.rescheduled',
  },
  cancel: { operation: 'event.cancel', input: () => ({ reason: 'WEATHER' }), fact: 'event.cancelled' },
};
type Step = keyof typeof STEPS;
const steps = Object.keys(STEPS) as Step[];
const FACTS = [
  ...new Set([...Object.values(STEPS).map(({ fact }) => fact), 'event.started', 'event.archived', 'event.deleted']),
];

const take = (step: Step, eventId: string) => {
  const { operation, input } = STEPS[step];
  const by = step === 'approve' || step === 'reject' ? moderator : host;
  return world.call(by, operation, { eventId, ...input?.() });
};
const draft = async (): Promise<string> => (await world.ask(host, 'event.create', newEvent())).id;
const statusOf = async (id: string): Promise<EventStatus | undefined> =>
  (await world.database.event.findUnique({ where: { id }, select: { status: true } }))?.status;
const told = async (eventId: string): Promise<string[]> =>
  (await Promise.all(FACTS.map(async (fact) => (await world.facts(fact, eventId)).map(() => fact)))).flat();
/** Moves the event's dates, as time would. */
const letStart = (id: string) =>
  world.database.event.update({ where: { id }, data: { startDate: soon(-1), endDate: soon(1) } });

test('no step that is not in the table is taken, and each that is tells its one fact', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...steps, 'start' as const), { minLength: 1, maxLength: 8 }),
      async (walk) => {
        const eventId = await draft();
        const expected: string[] = [];
        let status: EventStatus = 'DRAFT';
        for (const step of walk) {
          const from: readonly EventStatus[] = EDGES[step].from;
          const isOpen = from.includes(status);
          if (step === 'start') {
            await letStart(eventId);
            await world.runJob('event.advanceDue');
          } else {
            expect(codeOf(await take(step, eventId)), `${step} from ${status}`).toBe(isOpen ? 'OK' : 'CONFLICT');
          }
          if (isOpen) {
            status = EDGES[step].to;
            expected.push(step === 'start' ? 'event.started' : STEPS[step].fact);
          }
          expect(await statusOf(eventId)).toBe(status);
        }
        expect((await told(eventId)).toSorted()).toEqual(expected.toSorted());
      },
    ),
    { numRuns: 40 },
  );
});

/** Brings a new event to a status. */
const ways: Record<EventStatus, Step[]> = {
  DRAFT: [],
  PENDING_REVIEW: ['submit'],
  PUBLISHED: ['publish'],
  POSTPONED: ['publish', 'postpone'],
  ONGOING: ['publish'],
  COMPLETED: ['publish'],
  CANCELLED: ['publish', 'cancel'],
};
const bring = async (status: EventStatus): Promise<string> => {
  const eventId = await draft();
  for (const step of ways[status]) expect(codeOf(await take(step, eventId))).toBe('OK');
  if (status === 'ONGOING' || status === 'COMPLETED') {
    await letStart(eventId);
    await world.runJob('event.advanceDue');
  }
  if (status === 'COMPLETED') expect(codeOf(await take('complete', eventId))).toBe('OK');
  return eventId;
};

/** Whether the edges, each taken once in some order, lead from one status to the other. */
const canLead = (from: EventStatus, edges: (keyof typeof EDGES)[], to: EventStatus): boolean => {
  if (edges.length === 0) return from === to;
  return edges.some(
    (edge, place) =>
      (EDGES[edge].from as readonly EventStatus[]).includes(from) &&
      canLead(EDGES[edge].to, edges.toSpliced(place, 1), to),
  );
};

test('of many who take edges at the same moment, each status is left once', async () => {
  for (const status of ['DRAFT', 'PENDING_REVIEW', 'PUBLISHED', 'POSTPONED', 'ONGOING'] as const) {
    const eventId = await bring(status);
    const before = await told(eventId);
    const open = steps.filter((step) => (EDGES[step].from as readonly EventStatus[]).includes(status));
    const rivals = [...open, ...open, ...open];
    const answers = await Promise.all(rivals.map((step) => take(step, eventId)));
    const winners = rivals.filter((_step, index) => codeOf(answers[index] ?? { ok: true, data: null }) === 'OK');
    // More than one may win when an edge leads on to where another begins, but never two from the same place.
    const now = await statusOf(eventId);
    if (!now) throw new Error('the event is gone');
    expect(canLead(status, winners, now), `${winners.join(', ')} from ${status} to ${now}`).toBe(true);
    expect((await told(eventId)).length - before.length).toBe(winners.length);
  }
});

describe('who may take an edge', () => {
  const stranger = () => world.people[2] ?? '';
  const as = (by: string | object, operation: string, eventId: string, input: object = {}) =>
    world.call(by as string, operation, { eventId, ...input });

  test('door staff manages nothing, a manager all but the end, a co-host all', async () => {
    const eventId = await bring('PUBLISHED');
    const crew = [
      ['DOOR_STAFF', world.people[3] ?? ''],
      ['MANAGER', world.people[4] ?? ''],
      ['CO_HOST', world.people[5] ?? ''],
    ] as const;
    for (const [role, userId] of crew) {
      await world.ask(host, 'host.invite', { eventId, userId, role });
      await world.ask(userId, 'host.accept', { eventId });
    }
    const [doorStaff, manager, coHost] = crew.map(([, userId]) => userId);
    expect(codeOf(await as(doorStaff ?? '', 'event.postpone', eventId))).toBe('FORBIDDEN');
    expect(codeOf(await as(manager ?? '', 'event.cancel', eventId))).toBe('FORBIDDEN');
    expect(codeOf(await as(manager ?? '', 'event.postpone', eventId))).toBe('OK');
    expect(codeOf(await as(coHost ?? '', 'event.cancel', eventId))).toBe('OK');
  });

  test('moderators cancel what must not be, support does not, and nobody reviews who is no staff', async () => {
    const eventId = await bring('PUBLISHED');
    expect(codeOf(await as(stranger(), 'event.cancel', eventId))).toBe('FORBIDDEN');
    expect(codeOf(await as({ userId: stranger(), role: 'SUPPORT' }, 'event.cancel', eventId))).toBe('FORBIDDEN');
    expect(codeOf(await as(moderator, 'event.cancel', eventId, { reason: 'MODERATION' }))).toBe('OK');
    const waiting = await bring('PENDING_REVIEW');
    expect(codeOf(await as(host, 'event.review', waiting, { decision: 'APPROVE' }))).toBe('FORBIDDEN');
  });

  test('where review is demanded, hosts submit and staff publishes', async () => {
    const key = 'events.reviewRequired';
    await world.database.systemSetting.create({ data: { key, value: true, kind: 'BOOLEAN', description: 'x' } });
    const eventId = await draft();
    expect(codeOf(await take('publish', eventId))).toBe('CONFLICT');
    expect(codeOf(await world.call(host, 'event.create', newEvent({ status: 'PUBLISHED' })))).toBe('CONFLICT');
    expect(codeOf(await take('submit', eventId))).toBe('OK');
    expect(codeOf(await take('approve', eventId))).toBe('OK');
    expect(await world.facts('event.published', eventId)).toMatchObject([
      { eventId, hostId: host, title: 'Tech Meetup' },
    ]);
    await world.database.systemSetting.delete({ where: { key } });
  });
});

describe('ways out of sight', () => {
  test('a draft is thrown away once, and nothing else is', async () => {
    const eventId = await bring('DRAFT');
    const answers = await Promise.all([1, 2, 3].map(() => world.call(host, 'event.delete', { eventId })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(codeOf(await world.call(host, 'event.get', { eventId }))).toBe('NOT_FOUND');
    expect(await told(eventId)).toEqual(['event.deleted']);
    expect(codeOf(await world.call(host, 'event.delete', { eventId: await bring('PUBLISHED') }))).toBe('CONFLICT');
  });

  test('what is over is archived once, by its team or a year later by itself', async () => {
    for (const status of ['COMPLETED', 'CANCELLED'] as const) {
      const eventId = await bring(status);
      const answers = await Promise.all([1, 2].map(() => world.call(host, 'event.archive', { eventId })));
      expect(answers.map(codeOf).toSorted()).toEqual(['CONFLICT', 'OK']);
      expect(await world.facts('event.archived', eventId)).toHaveLength(1);
      const { items } = await world.ask<{ items: { id: string }[] }>(host, 'event.list', {
        archived: true,
        limit: 100,
      });
      expect(items.map(({ id }) => id)).toContain(eventId);
    }
    const old = await bring('CANCELLED');
    const longAgo = { startDate: soon(-24 * 370), endDate: soon(-24 * 369) };
    await world.database.event.update({ where: { id: old }, data: longAgo });
    await world.runJob('event.advanceDue');
    expect(await world.facts('event.archived', old)).toHaveLength(1);
    expect(codeOf(await world.call(host, 'event.archive', { eventId: await bring('ONGOING') }))).toBe('CONFLICT');
  });

  test('the clock starts and completes what is due, once, however many workers look', async () => {
    const eventId = await bring('PUBLISHED');
    await world.database.event.update({ where: { id: eventId }, data: { startDate: soon(-3), endDate: soon(-1) } });
    await Promise.all([1, 2, 3].map(() => world.runJob('event.advanceDue')));
    await world.runJob('event.advanceDue');
    expect(await statusOf(eventId)).toBe('COMPLETED');
    expect(await told(eventId)).toEqual(expect.arrayContaining(['event.started', 'event.completed']));
    expect(await told(eventId)).toHaveLength(3);
  });
});

test('an event that nobody could book is not put on sale, and does not become one', async () => {
  const host = world.people[0] ?? '';
  const refused = async (operation: string, input: object) => codeOf(await world.call(host, operation, input));
  for (const ticketTypes of [[], [{ name: 'Later', status: 'DRAFT' }]]) {
    const input = newEvent({ ticketTypes });
    expect(await refused('event.create', { ...input, status: 'PUBLISHED' })).toBe('INVALID_INPUT');
    const { id: eventId } = await world.ask(host, 'event.create', input);
    expect(await refused('event.publish', { eventId })).toBe('CONFLICT');
    expect(await refused('event.submitForReview', { eventId })).toBe('CONFLICT');
    const type = await world.ask(host, 'ticketType.create', { eventId, name: 'Seat' });
    await world.ask(host, 'event.publish', { eventId });
    const last = { eventId, ticketTypeId: type.id };
    expect(await refused('ticketType.delete', last)).toBe('CONFLICT');
    expect(await refused('ticketType.edit', { ...last, status: 'DRAFT' })).toBe('CONFLICT');
    await world.ask(host, 'ticketType.edit', { ...last, status: 'CLOSED' });
  }
});
