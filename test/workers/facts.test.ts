import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { createJobs } from '../../src/platform/jobs/jobs.ts';
import { openQueue } from '../../src/platform/jobs/queue.ts';
import { probeAdded, tidyProbes } from './probe-domain.ts';
import { eventually, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const deliveries = async (subscriber: string): Promise<string[]> => {
  const { rows } = await world.sql.query('SELECT label FROM deliveries WHERE subscriber = $1', [subscriber]);
  return rows.map(({ label }) => label);
};
/** Deliveries start in order but run side by side, so what they wrote is compared sorted. */
const until = (labels: string[], subscriber: string) =>
  eventually(
    async () => JSON.stringify((await deliveries(subscriber)).sort()) === JSON.stringify(labels.sort()),
    30_000,
  );

test('puts a fact aside for the subscriber that cannot take it, and for no other', async () => {
  await world.work();
  const queue = openQueue('facts', world.platform.redis, world.platform.log);
  const data = { factId: '01890000-0000-7000-8000-000000000001', payload: { label: 'fails first' } };
  for (const name of ['probe.first', 'probe.second']) await queue.add(name, data, { attempts: 1 });
  await until(['fails first'], 'second');
  const rows = await eventually(async () => {
    const result = await world.sql.query('SELECT source, reference FROM dead_letters');
    return result.rows.length > 0 && result.rows;
  });
  expect(rows).toEqual([{ source: 'fact', reference: expect.stringContaining('probe.first#') }]);
});

test('relays a fact that a job recorded in its own transaction', async () => {
  // Nobody who looks for what was left behind finds it.
  const later = `SET DEFAULT now() + interval '1 hour'`;
  await world.sql.query(`ALTER TABLE outbox_events ALTER created_at ${later}, ALTER due_at ${later}`);
  await world.work();
  await createJobs(world.platform.redis, world.platform.log).later(tidyProbes, { label: 'records' });
  await until(['from a job'], 'first');
  await until(['from a job'], 'second');
});

test('delivers a fact once to each subscriber, with the id it was recorded under', async () => {
  await world.work();
  await world.call('probe.add', { label: 'a', facts: 3 });
  await until(['a/0', 'a/1', 'a/2'], 'first');
  await until(['a/0', 'a/1', 'a/2'], 'second');
  const { rows } = await world.sql.query(
    'SELECT o.name FROM outbox_events o JOIN deliveries d ON d.fact_id = o.id WHERE relayed_at IS NOT NULL',
  );
  expect(rows).toEqual(Array.from({ length: 6 }, () => ({ name: probeAdded.name })));
});

test('relays what others left behind, each fact once, however many workers look', async () => {
  const left = Array.from({ length: 450 }, (_, n) => `left ${n}`);
  await world.sql.query(
    `INSERT INTO outbox_events (id, name, payload, created_at)
     SELECT id, $3, jsonb_build_object('label', label), now() - interval '1 minute'
     FROM unnest($1::uuid[], $2::text[]) AS rows (id, label)`,
    [left.map(() => newId()), left, probeAdded.name],
  );
  await Promise.all([world.work(), world.work(), world.work()]);
  await until(left, 'first');
  await until(left, 'second');
  expect((await world.sql.query('SELECT 1 FROM outbox_events WHERE relayed_at IS NULL')).rowCount).toBe(0);
});

test('relays a fact nobody listens to, so that it does not wait for ever', async () => {
  const id = newId();
  await world.sql.query(
    `INSERT INTO outbox_events (id, name, payload, created_at) VALUES ($1, 'probe.unheard', '{}', now() - interval '1 minute')`,
    [id],
  );
  await world.work();
  await eventually(async () => {
    const { rowCount } = await world.sql.query('SELECT 1 FROM outbox_events WHERE relayed_at IS NOT NULL');
    return rowCount === 1;
  });
});
