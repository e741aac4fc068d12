import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApplauseStore } from '../../../src/domains/live/live/applause.store.ts';
import { gatherApplause } from '../../../src/domains/live/live/gather-applause.ts';
import { createAudience } from '../../../src/platform/rooms/audience.ts';
import { until } from '../../support/until.ts';
import { codeOf, openStageWorld, type PollAnswer, type StageWorld } from './support/stage-world.ts';

let world: StageWorld;
let people: string[];

beforeAll(async () => {
  world = await openStageWorld();
  people = world.people.slice(1);
});

afterAll(() => world.close());

const person = (index: number): string => people[index] ?? '';
interface Snapshot {
  status: string;
  version: number;
  applause: Record<string, number>;
  peakViewers: number;
  pinned: { title: string } | null;
  mine: { takesPart: boolean; mutedUntil: string | null };
}
const snapshot = (by: string, eventId: string) => world.ask<Snapshot>(by, 'live.get', { eventId });
const applaud = (by: string, eventId: string, count = 1) =>
  world.call(by, 'live.applaud', { eventId, emoji: '🔥', count });
const DATES = { startDate: '2099-02-03T18:00:00.000Z', endDate: '2099-02-03T21:00:00.000Z' };
const event = async (fields: object = {}): Promise<string> =>
  (
    await world.ask(world.host, 'event.create', {
      title: 'Night',
      description: 'A night.',
      ...DATES,
      status: 'PUBLISHED',
      ...fields,
    })
  ).id;

describe('a stage', () => {
  test('opens and ends with its event, and a team that paused it is left its way', async () => {
    const eventId = await event();
    expect(await snapshot(person(0), eventId)).toMatchObject({ status: 'UPCOMING', version: 0 });
    expect(codeOf(await applaud(person(0), eventId))).toBe('CONFLICT');
    const past = { startDate: new Date(Date.now() - 60_000), endDate: new Date(Date.now() + 60_000) };
    await world.database.event.update({ where: { id: eventId }, data: past });
    await world.runJob('event.advanceDue');
    await world.settle();
    expect((await snapshot(person(0), eventId)).status).toBe('OPEN');
    await world.database.event.update({ where: { id: eventId }, data: { endDate: new Date(Date.now() - 1_000) } });
    await world.runJob('event.advanceDue');
    await world.settle();
    expect((await snapshot(person(0), eventId)).status).toBe('ENDED');
    expect(
      (await world.log(`event:${eventId}`)).map(({ signal }) => signal).filter((name) => name.startsWith('live.')),
    ).toEqual(['live.opened', 'live.closed']);
    expect(codeOf(await world.call(world.host, 'live.open', { eventId }))).toBe('CONFLICT');
  });

  test('is opened, paused and configured by who runs the event, and by nobody on what they did not see', async () => {
    const eventId = await world.openStage();
    for (const operation of ['live.open', 'live.pause', 'live.close']) {
      expect(codeOf(await world.call(person(0), operation, { eventId }))).toBe('FORBIDDEN');
    }
    await world.ask(world.host, 'live.pause', { eventId });
    await world.ask(world.host, 'live.open', { eventId });
    await world.settle();
    const { version } = await snapshot(world.host, eventId);
    await world.ask(world.host, 'live.configure', { eventId, version, applause: false });
    const stale = { eventId, version, applause: true };
    expect(codeOf(await world.call(world.host, 'live.configure', stale))).toBe('CONFLICT');
    await world.settle();
    expect(codeOf(await applaud(person(0), eventId))).toBe('CONFLICT');
    const draft = await event({ status: 'DRAFT' });
    expect(codeOf(await world.call(world.host, 'live.open', { eventId: draft }))).toBe('CONFLICT');
    expect(codeOf(await world.call(person(0), 'live.get', { eventId: draft }))).toBe('NOT_FOUND');
  });

  test('is for those whom it is meant for (V9)', async () => {
    const eventId = await world.openStage({ audience: 'TICKET' });
    expect(codeOf(await applaud(person(0), eventId))).toBe('FORBIDDEN');
    expect(codeOf(await world.call(person(0), 'question.ask', { eventId, body: 'May I?' }))).toBe('FORBIDDEN');
    expect(codeOf(await applaud(world.host, eventId))).toBe('OK');
    expect((await snapshot(person(0), eventId)).mine.takesPart).toBe(false);
  });

  test('keeps one announcement on top, which is an update of the event', async () => {
    const eventId = await world.openStage();
    const say = (title: string, fields: object = {}) =>
      world.ask(world.host, 'live.announce', { eventId, title, body: 'Now.', pin: true, ...fields });
    await say('First');
    await say('Second');
    await world.settle();
    expect((await snapshot(person(0), eventId)).pinned?.title).toBe('Second');
    expect((await world.told(eventId, 'event.announced')).map(({ data }) => data)).toMatchObject([
      { title: 'First' },
      { title: 'Second' },
    ]);
    const past = { eventId, title: 'Third', body: 'Late.', pin: true, until: '2020-01-01T00:00:00Z' };
    expect(codeOf(await world.call(world.host, 'live.announce', past))).toBe('INVALID_INPUT');
  });
});

describe('applause (V1)', () => {
  test('of all nodes is told twice a second at most, and its sum is what was taken', async () => {
    const eventId = await world.openStage();
    const told: { at: number; viewers: number; reactions: Record<string, number>; total: number }[] = [];
    const ephemera = {
      publish: (_room: string, _signal: string, data: Record<string, unknown>) =>
        void told.push({ at: performance.now(), ...(data as Omit<(typeof told)[number], 'at'>) }),
    };
    const applause = createApplauseStore(world.platform);
    const node = (viewers: number) => {
      const audience = createAudience();
      for (let each = 0; each < viewers; each += 1) audience.seated(`event:${eventId}`, `viewer ${viewers} ${each}`);
      return gatherApplause({ ...world.platform, applause, audience, ephemera });
    };
    const clap = [node(3), node(4)];
    let sent = 0;
    for (let round = 0; round < 40; round += 1) {
      for (const [place, each] of clap.entries()) {
        each(eventId, place ? '🎉' : '🔥', 1 + (round % 3));
        sent += 1 + (round % 3);
      }
      await new Promise((resolve) => setTimeout(resolve, 35));
    }
    const sum = () => told.flatMap(({ reactions }) => Object.values(reactions)).reduce((all, count) => all + count, 0);
    await until(() => sum() === sent);
    expect(told.at(-1)).toMatchObject({ viewers: 7, total: sent });
    for (const [place, { at }] of told.slice(1).entries()) expect(at - (told[place]?.at ?? 0)).toBeGreaterThan(450);
    expect(Object.values((await snapshot(person(0), eventId)).applause).reduce((all, count) => all + count, 0)).toBe(
      sent,
    );
    // Redis is lost after the minutes were stored: the evening goes on from there.
    await world.runJob('live.rollUp');
    await world.runJob('live.rollUp');
    const stored = await world.database.liveApplause.aggregate({ where: { eventId }, _sum: { count: true } });
    expect(Number(stored._sum.count)).toBe(sent);
    await world.platform.redis.log.del(...(await world.platform.redis.log.keys(`*applause*${eventId}*`)));
    clap[0]?.(eventId, '🔥', 1);
    await until(() => told.at(-1)?.total === sent + 1);
    expect((await snapshot(person(0), eventId)).peakViewers).toBe(7);
  });

  test('that comes twice from a node adds nothing', async () => {
    const eventId = await world.openStage();
    const applause = createApplauseStore(world.platform);
    const tick = { node: 'one', number: 5, viewers: 1, claps: new Map([['🔥', 4]]), load: {} };
    await applause.tick(eventId, tick);
    await applause.tick(eventId, tick);
    expect((await applause.totals(eventId))?.applause).toEqual({ '🔥': 4 });
  });

  test('beyond the allowance is not counted, and what is no applause is refused by name', async () => {
    const eventId = await world.openStage();
    const answers = await Promise.all(Array.from({ length: 16 }, () => applaud(person(1), eventId, 20)));
    const taken = answers.map((answer) => (answer.ok ? (answer.data as { taken: number }).taken : 0));
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(300);
    for (const wrong of [{ emoji: '🐟' }, { emoji: '🔥', count: 0 }, { emoji: '🔥', count: 21 }, {}]) {
      expect(codeOf(await world.call(person(0), 'live.applaud', { eventId, ...wrong }))).toBe('INVALID_INPUT');
    }
  });
});

describe('who disturbs (V8)', () => {
  test('is muted on the stage, sees until when, and comes back', async () => {
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId);
    const question = await world.ask<{ id: string }>(person(1), 'question.ask', { eventId, body: 'Why?' });
    expect(codeOf(await applaud(person(0), eventId))).toBe('OK');
    const who = { eventId, userId: person(0) };
    expect(codeOf(await world.call(person(1), 'live.mute', { ...who, minutes: 5, reason: 'Shouts.' }))).toBe(
      'FORBIDDEN',
    );
    await world.ask(world.host, 'live.mute', { ...who, minutes: 5, reason: 'Shouts.' });
    await world.settle();
    const tries = await Promise.all([
      applaud(person(0), eventId),
      world.vote(person(0), eventId, poll.id, [poll.options[0]?.id ?? '']),
      world.call(person(0), 'question.ask', { eventId, body: 'What?' }),
      world.call(person(0), 'question.upvote', { eventId, questionId: question.id }),
    ]);
    expect(tries.map(codeOf)).toEqual(tries.map(() => 'FORBIDDEN'));
    expect((await snapshot(person(0), eventId)).mine.mutedUntil).not.toBeNull();
    // The audience is not told who; the team is.
    expect(JSON.stringify(await world.log(`event:${eventId}`))).not.toContain('Shouts.');
    expect((await world.log(`door:${eventId}`)).map(({ data }) => data)).toMatchObject([
      { userId: person(0), reason: 'Shouts.' },
    ]);
    const list = await world.ask<{ items: object[] }>(world.host, 'live.mutes', { eventId });
    expect(list.items).toMatchObject([{ userId: person(0), reason: 'Shouts.', isRemoved: false }]);
    expect(codeOf(await world.call(person(1), 'live.mutes', { eventId }))).toBe('FORBIDDEN');
    await world.ask(world.host, 'live.unmute', who);
    expect(await world.ask(world.host, 'live.mutes', { eventId })).toEqual({ items: [], nextCursor: null });
    await world.settle();
    expect(codeOf(await applaud(person(0), eventId))).toBe('OK');
  });

  test('is sent out of the room and does not come back in, while the ticket stays', async () => {
    const eventId = await world.openStage();
    expect(await world.canWatch(person(0), eventId)).toBe(true);
    await world.ask(world.host, 'live.remove', { eventId, userId: person(0), minutes: 5, reason: 'Spam.' });
    await world.settle();
    expect(await world.canWatch(person(0), eventId)).toBe(false);
    expect(codeOf(await applaud(person(0), eventId))).toBe('NOT_FOUND');
    expect(codeOf(await world.call(person(0), 'live.get', { eventId }))).toBe('NOT_FOUND');
  });

  test('is not the team itself', async () => {
    const eventId = await world.openStage();
    const input = { eventId, userId: world.host, minutes: 5, reason: 'No.' };
    expect(codeOf(await world.call(world.host, 'live.mute', input))).toBe('CONFLICT');
    expect(codeOf(await world.call(world.host, 'live.remove', input))).toBe('CONFLICT');
  });
});

describe('the evening again', () => {
  test('is read in the order it happened, page by page, as far as one may see it', async () => {
    const eventId = await world.openStage();
    await world.ask(world.host, 'live.announce', { eventId, title: 'Welcome', body: 'All of you.' });
    const poll = await world.openPoll(eventId, { reveal: 'AFTER_CLOSE' });
    await world.ask(person(0), 'question.ask', { eventId, body: 'Who plays?' });
    await world.vote(person(0), eventId, poll.id, [poll.options[0]?.id ?? '']);
    await world.ask<PollAnswer>(world.host, 'poll.close', { eventId, pollId: poll.id });
    await world.settle();
    await world.store(eventId);
    interface Page {
      items: { kind: string; at: string; results?: { voters: number } | null }[];
      nextCursor: string | null;
    }
    const read: Page['items'] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await world.ask(person(1), 'live.timeline', {
        eventId,
        limit: 1,
        ...(cursor ? { cursor } : {}),
      });
      read.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    expect(read.map(({ kind }) => kind)).toEqual(['UPDATE', 'POLL', 'QUESTION']);
    expect(read[1]?.results?.voters).toBe(1);
    const whole = await world.ask<Page>(person(1), 'live.timeline', { eventId });
    expect(whole).toEqual({ items: read, nextCursor: null });
    const later = await world.ask<Page>(person(1), 'live.timeline', {
      eventId,
      from: new Date(Date.now() + 1_000).toISOString(),
    });
    expect(later.items).toEqual([]);
  });

  test('is summed up once for its host', async () => {
    const eventId = await world.openStage();
    await world.ask(person(0), 'question.ask', { eventId, body: 'Unanswered?' });
    await world.ask(world.host, 'live.close', { eventId });
    await world.database.liveSession.update({ where: { eventId }, data: { endedAt: new Date(Date.now() - 120_000) } });
    await world.runJob('live.summarise');
    await world.runJob('live.summarise');
    expect(await world.facts('live.summarised', eventId)).toMatchObject([
      { hostId: world.host, asked: 1, unanswered: 1, answered: 0 },
    ]);
  });
});
