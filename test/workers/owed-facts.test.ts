import { afterEach, beforeEach, expect, test } from 'vitest';
import { subscribe } from '../../src/kernel/domain.ts';
import { createDeliver, type Deliver } from '../../src/platform/facts/deliveries.ts';
import { markDone, putBack } from '../../src/platform/facts/marks.ts';
import { hasten, lookAtDue, registerSubscribers } from '../../src/platform/facts/owed.ts';
import { subscribeInTransaction } from '../../src/platform/facts/subscribe-in-transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { openQueue } from '../../src/platform/jobs/queue.ts';
import { startRelay } from '../../src/workers/relay-facts.ts';
import { startWorkers } from '../../src/workers/start.ts';
import { probeAdded } from './probe-domain.ts';
import { eventually, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const labelsOf = async (subscriber: string): Promise<string[]> => {
  const sql = 'SELECT label FROM deliveries WHERE subscriber = $1 ORDER BY label';
  return (await world.sql.query(sql, [subscriber])).rows.map(({ label }) => label);
};
const until = (subscriber: string, labels: string[]) =>
  eventually(async () => JSON.stringify(await labelsOf(subscriber)) === JSON.stringify(labels));

/** A fact that was relayed, and of which the queue knows nothing. */
const recordLost = async (label: string): Promise<string> => {
  const id = newId();
  await world.sql.query(
    `INSERT INTO outbox_events (id, name, payload, relayed_at, due_at) VALUES ($1, $2, $3, now() - interval '1 minute', now())`,
    [id, probeAdded.name, { label }],
  );
  return id;
};
const dueOf = async (id: string): Promise<Date | null> =>
  (await world.sql.query('SELECT due_at FROM outbox_events WHERE id = $1', [id])).rows[0]?.due_at ?? null;

test('what was relayed and is lost from the queue is delivered again, to whom it is owed and to nobody else', async () => {
  const id = await recordLost('lost');
  await markDone(world.platform.database, [{ factId: id, subscriber: 'probe.first' }]);
  await world.work();
  await until('second', ['lost']);
  await eventually(async () => {
    await hasten(world.platform.database);
    return (await dueOf(id)) === null;
  });
  expect(await labelsOf('first')).toEqual([]);
});

test('an emptied Redis gets back what recurs and what is owed', async () => {
  await world.work();
  const { redis, log } = world.platform;
  await eventually(async () => (await redis.exists('rally:{kept}:since')) === 1);
  const queue = openQueue('jobs', redis, log);
  const recurring = (await queue.getJobSchedulers()).length;
  expect(recurring).toBeGreaterThan(0);
  await redis.flushdb();
  const id = await recordLost('lost');
  // Not due for minutes: that the queue is gone is what brings it.
  await world.sql.query(`UPDATE outbox_events SET due_at = now() + interval '5 minutes' WHERE id = $1`, [id]);
  await until('first', ['lost']);
  await until('second', ['lost']);
  await eventually(async () => (await queue.getJobSchedulers()).length === recurring);
});

test('a delivery that only waits in the queue is not put in twice', async () => {
  const { database, redis, log } = world.platform;
  const queue = openQueue('facts', redis, log);
  const deliver = createDeliver(queue, world.domain.subscribers);
  await registerSubscribers(database, world.domain.subscribers);
  const id = await recordLost('waits');
  await deliver.first([{ id, name: probeAdded.name, payload: { label: 'waits' } }]);
  const { owed } = await lookAtDue(database, 10);
  expect(owed).toMatchObject([{ id, subscribers: expect.arrayContaining(['probe.first', 'probe.second']) }]);
  expect(await deliver.again(owed)).toBe(0);
  expect(await queue.getJobCountByTypes('waiting')).toBe(2);
  expect(await dueOf(id)).not.toBeNull();
});

test('a worker that does not know a subscriber leaves the fact to one that does', async () => {
  const { database, redis, log } = world.platform;
  const newer = subscribe({ name: 'probe.newer', fact: probeAdded, run: async () => {} });
  await registerSubscribers(database, [...world.domain.subscribers, newer]);
  const id = await recordLost('for the newer one');
  await world.work();
  await until('first', ['for the newer one']);
  await until('second', ['for the newer one']);
  // A delivery is marked as done a moment after its change.
  const marks = 'SELECT FROM fact_deliveries WHERE fact_id = $1';
  await eventually(async () => (await world.sql.query(marks, [id])).rowCount === 2);
  await world.sql.query('UPDATE outbox_events SET due_at = now() WHERE id = $1', [id]);
  const { owed, done } = await lookAtDue(database, 10);
  expect({ owed: owed.map(({ subscribers }) => subscribers), done }).toEqual({ owed: [['probe.newer']], done: 0 });
  const knowing = createDeliver(openQueue('facts', redis, log), [newer]);
  expect(await knowing.again(owed)).toBe(1);
});

test('to a subscriber that is new only later facts are owed', async () => {
  const { database } = world.platform;
  await registerSubscribers(database, world.domain.subscribers);
  const before = await recordLost('before');
  await eventually(async () => (await world.sql.query('SELECT pg_sleep(0.01)')).rowCount === 1);
  const newer = subscribe({ name: 'probe.newer', fact: probeAdded, run: async () => {} });
  await registerSubscribers(database, [newer]);
  const after = await recordLost('after');
  const { owed } = await lookAtDue(database, 10);
  const newcomer = owed.filter(({ subscribers }) => subscribers.includes('probe.newer')).map(({ id }) => id);
  expect(owed.map(({ id }) => id)).toEqual([before, after]);
  expect(newcomer).toEqual([after]);
});

test('a delivery that keeps failing is put aside once, keeps its fact, and can be put back', async () => {
  await world.work();
  const { database, redis, log } = world.platform;
  const id = await recordLost('fails first');
  await world.sql.query('UPDATE outbox_events SET due_at = NULL WHERE id = $1', [id]);
  const data = { factId: id, payload: { label: 'fails first' } };
  await openQueue('facts', redis, log).add('probe.first', data, { attempts: 2, backoff: { type: 'fixed', delay: 5 } });
  await markDone(database, [{ factId: id, subscriber: 'probe.second' }]);
  const letters = () => world.sql.query(`SELECT reference FROM dead_letters WHERE source = 'fact'`);
  await eventually(async () => (await letters()).rowCount === 1);
  expect((await letters()).rows).toEqual([{ reference: `probe.first#${id}` }]);
  await world.sql.query('UPDATE outbox_events SET due_at = now() WHERE id = $1', [id]);
  await eventually(async () => (await dueOf(id)) === null);
  expect(await labelsOf('first')).toEqual(['fails first', 'fails first']);
  const put = await database.$transaction((tx) => putBack(tx, { factId: id, subscriber: 'probe.first' }));
  expect(put).toBe(true);
  await eventually(async () => (await labelsOf('first')).length > 2);
  const again = await database.$transaction((tx) => putBack(tx, { factId: newId(), subscriber: 'probe.first' }));
  expect(again).toBe(false);
});

test('a change that is made with its mark takes effect once, however often and at once it is delivered', async () => {
  const { database } = world.platform;
  const counting = subscribeInTransaction(database, {
    name: 'probe.counting',
    fact: probeAdded,
    run: async (tx, { label }, factId) => {
      await tx.$executeRaw`INSERT INTO deliveries VALUES (${factId}::uuid, 'counting', ${label})`;
      if (label === 'rolled back') throw new Error('after its change');
    },
  });
  const [id, other] = [newId(), newId()];
  await Promise.all(Array.from({ length: 5 }, () => counting.run({ label: 'once' }, id)));
  await counting.run({ label: 'once' }, id);
  await expect(counting.run({ label: 'rolled back' }, other)).rejects.toThrow('after its change');
  await counting.run({ label: 'tried again' }, other);
  expect(await labelsOf('counting')).toEqual(['once', 'tried again']);
});

test('a fact that this version cannot read is put aside by a letter that says so', async () => {
  await world.work();
  const { redis, log } = world.platform;
  const data = { factId: newId(), payload: { title: 'an older shape' } };
  await openQueue('facts', redis, log).add('probe.first', data, { attempts: 1 });
  const [letter] = await eventually(async () => {
    const { rows } = await world.sql.query('SELECT error FROM dead_letters');
    return rows.length > 0 && rows;
  });
  expect(letter.error).toMatch(/written as probe\.added has not the shape this version knows.*\n.*label/);
});

test('what failed while no letter could be written gets one later', async () => {
  const { redis, log } = world.platform;
  const refuse = 'ALTER TABLE dead_letters ADD CONSTRAINT no_letters CHECK (false) NOT VALID';
  await world.sql.query(refuse);
  const workers = await world.work();
  const queue = openQueue('jobs', redis, log);
  await queue.add('probe.tidy', { label: 'fails' }, { attempts: 1 });
  await eventually(async () => (await queue.getJobCountByTypes('failed')) === 1);
  await workers.stop();
  await world.sql.query('ALTER TABLE dead_letters DROP CONSTRAINT no_letters');
  const [job] = await queue.getFailed();
  await redis.hset(queue.toKey(job?.id ?? ''), 'finishedOn', Date.now() - 60_000);
  await startWorkers(world.platform, [world.domain]).then((again) =>
    eventually(async () => {
      const { rows } = await world.sql.query('SELECT payload FROM dead_letters');
      return rows.length === 1;
    }).finally(() => again.stop()),
  );
  expect(await queue.getJobCountByTypes('failed')).toBe(0);
});

test('a fact counts as relayed only once its deliveries are in the queue', async () => {
  const { database, log } = world.platform;
  const id = await recordLost('refused');
  await world.sql.query(`UPDATE outbox_events SET relayed_at = NULL, created_at = now() - interval '1 minute'`);
  let refused = 0;
  const refusing: Deliver = {
    first: async () => {
      refused += 1;
      throw new Error('Redis is away');
    },
    again: async () => 0,
  };
  const relay = startRelay({ database, deliver: refusing, log });
  relay.push([{ id, name: probeAdded.name, payload: { label: 'refused' } }]);
  await eventually(async () => refused >= 2);
  await relay.stop();
  const { rows } = await world.sql.query('SELECT relayed_at FROM outbox_events');
  expect(rows).toEqual([{ relayed_at: null }]);
});
