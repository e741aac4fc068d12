import { afterEach, beforeEach, expect, test } from 'vitest';
import { createJobs } from '../../src/platform/jobs/jobs.ts';
import { openQueue } from '../../src/platform/jobs/queue.ts';
import { startWorkers } from '../../src/workers/start.ts';
import { upkeepJobs } from '../../src/workers/upkeep/jobs.ts';
import { slowRound, tidyProbes } from './probe-domain.ts';
import { eventually, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const jobs = () => createJobs(world.platform.redis, world.platform.log);
const tidied = async (): Promise<string[]> => {
  const { rows } = await world.sql.query('SELECT label FROM deliveries');
  return rows.map(({ label }) => label);
};
/** Jobs start in order but run side by side, so what they wrote is compared sorted. */
const until = (labels: string[]) =>
  eventually(async () => JSON.stringify((await tidied()).sort()) === JSON.stringify(labels.sort()));

test('runs work for later', async () => {
  for (const label of ['a', 'b', 'c']) await jobs().later(tidyProbes, { label });
  await world.work();
  await until(['a', 'b', 'c']);
});

test('drops a job whose twin still waits', async () => {
  for (const label of ['a', 'b', 'c']) await jobs().later(tidyProbes, { label }, { id: 'chat:1' });
  await jobs().later(tidyProbes, { label: 'other' }, { id: 'chat:2' });
  await world.work();
  await until(['a', 'other']);
});

test('keeps the latest job that comes while its twin runs, and runs it afterwards', async () => {
  await world.sql.query(`INSERT INTO pauses VALUES ('all')`);
  await world.work();
  await jobs().later(tidyProbes, { label: 'waits' }, { id: 'chat:1' });
  await until(['waits']);
  for (const label of ['b', 'c']) await jobs().later(tidyProbes, { label }, { id: 'chat:1' });
  await world.sql.query('DELETE FROM pauses');
  await until(['waits', 'c']);
  await jobs().later(tidyProbes, { label: 'd' }, { id: 'chat:1' });
  await until(['waits', 'c', 'd']);
});

test('puts a job aside after its last attempt', async () => {
  await world.work();
  const queue = openQueue('jobs', world.platform.redis, world.platform.log);
  await queue.add('probe.tidy', { label: 'fails' }, { attempts: 3, backoff: { type: 'fixed', delay: 10 } });
  const [letter] = await eventually(async () => {
    const { rows } = await world.sql.query('SELECT * FROM dead_letters');
    return rows.length > 0 && rows;
  });
  expect(letter).toMatchObject({
    source: 'job',
    payload: { label: 'fails' },
    error: expect.stringContaining('it always fails'),
  });
  expect(letter.reference).toMatch(/^probe\.tidy#/);
  expect(await tidied()).toEqual(['fails', 'fails', 'fails']);
});

test('repeats a recurring job, on one worker at a time, until no domain has it any more', async () => {
  let running = 0;
  let most = 0;
  let rounds = 0;
  const round = world.recurring(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 120));
    running -= 1;
    rounds += 1;
  });
  const both = [await startWorkers(world.platform, [round]), await startWorkers(world.platform, [round])];
  await eventually(async () => rounds >= 4);
  await Promise.all(both.map((workers) => workers.stop()));
  expect(most).toBe(1);
  await world.work();
  const queue = openQueue('jobs', world.platform.redis, world.platform.log);
  const recurring = (await queue.getJobSchedulers()).map(({ key }) => key);
  expect(recurring).toEqual(expect.arrayContaining(upkeepJobs(world.platform).map(({ contract }) => contract.name)));
  expect(recurring).not.toContain(slowRound.name);
});
