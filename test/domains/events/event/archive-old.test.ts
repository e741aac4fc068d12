import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveOldEvents as archiveJob } from '../../../../src/domains/events/event/archive-old.job.ts';
import { archiveOldEvents } from '../../../../src/domains/events/event/archive-old.writes.ts';
import { allUpdatesOf } from '../../../../src/domains/events/event-update/archived-updates.reads.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { DAY_MS, openUpkeepWorld, type UpkeepWorld } from '../../../workers/upkeep/upkeep-world.ts';

let world: UpkeepWorld;
const host = newId();
beforeAll(async () => {
  world = await openUpkeepWorld();
  await world.sql.query(
    `INSERT INTO users (id, email, username, password) VALUES ('${host}', 'h@example.org', 'h', 'x')`,
  );
});
afterAll(() => world.close());

/** An event that ended so many days ago, with updates a minute apart. */
const makeEvent = async (endedDaysAgo: number, updates: number): Promise<string> => {
  const id = newId();
  await world.sql.query(
    `INSERT INTO events (id, title, slug, description, host_id, start_date, end_date, status) VALUES
       ('${id}', 'Meetup', '${id}', 'Talks', '${host}', now() - interval '${endedDaysAgo} days 2 hours', now() - interval '${endedDaysAgo} days', 'COMPLETED');
     INSERT INTO event_updates (id, event_id, author_id, audience, title, body, published_at)
       SELECT gen_random_uuid(), '${id}', '${host}', CASE WHEN n % 3 = 0 THEN 'STAFF' ELSE 'PUBLIC' END::update_audience, 'no. ' || n, '', now() + n * interval '1 minute'
       FROM generate_series(1, ${updates}) AS n`,
  );
  return id;
};

const walk = async (eventId: string, limit: number): Promise<string[]> => {
  const titles: string[] = [];
  let after: { at: Date; id: string } | null = null;
  for (;;) {
    const page = await allUpdatesOf(world.database, { eventId, audiences: ['PUBLIC'], after, limit });
    titles.push(...page.map(({ title }) => title));
    const last = page.at(-1);
    if (page.length < limit || !last?.publishedAt) return titles;
    after = { at: last.publishedAt, id: last.id };
  }
};

test('what was told about an event reads the same before and after it is archived, and when more is told later', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 1, max: 6 }),
      async (old, later, limit) => {
        const event = await makeEvent(400, old);
        const before = await walk(event, limit);
        expect(before).toHaveLength(old - Math.floor(old / 3));
        await archiveJob(world).run({});
        expect(await world.rows(`SELECT 1 FROM event_updates WHERE event_id = '${event}'`)).toEqual([]);
        expect(await walk(event, limit)).toEqual(before);
        await world.sql.query(
          `INSERT INTO event_updates (id, event_id, author_id, audience, title, body, published_at)
         SELECT gen_random_uuid(), '${event}', '${host}', 'PUBLIC', 'later ' || n, '', now() + interval '1 day' + n * interval '1 minute' FROM generate_series(1, ${later}) AS n`,
        );
        expect(await walk(event, limit)).toEqual([
          ...Array.from({ length: later }, (_, index) => `later ${later - index}`),
          ...before,
        ]);
      },
    ),
    { numRuns: 10 },
  );
});

test('archives what ended a year ago, once, and leaves the rest as it is', async () => {
  const [old, young] = [await makeEvent(366, 1), await makeEvent(364, 1)];
  await archiveJob(world).run({});
  const [first] = await world.rows<{ at: Date }>(`SELECT archived_at AS at FROM events WHERE id = '${old}'`);
  expect(first?.at).toBeInstanceOf(Date);
  world.pass(DAY_MS / 2);
  await archiveJob(world).run({});
  expect(await world.rows(`SELECT archived_at AS at, deleted_at, hidden_at FROM events WHERE id = '${old}'`)).toEqual([
    { at: first?.at, deleted_at: null, hidden_at: null },
  ]);
  expect(await world.rows(`SELECT archived_at FROM events WHERE id = '${young}'`)).toEqual([{ archived_at: null }]);
  expect(await world.rows(`SELECT 1 FROM event_updates WHERE event_id = '${young}'`)).toHaveLength(1);
});

test('an event in use is left to the next turn', async () => {
  const event = await makeEvent(500, 1);
  await world.sql.query('BEGIN');
  await world.sql.query(`SELECT 1 FROM events WHERE id = '${event}' FOR UPDATE`);
  const batch = { before: new Date(Date.now() - 365 * DAY_MS), now: new Date(), limit: 10 };
  expect(await archiveOldEvents(world.database, batch)).toBe(0);
  await world.sql.query('COMMIT');
  expect(await archiveOldEvents(world.database, batch)).toBe(1);
});
