import type { Mutation } from '../mutation.ts';

const FACTS = 'test/workers/facts.test.ts';
const OWED = 'test/workers/owed-facts.test.ts';
const OUTAGE = 'test/workers/outage.test.ts';
const JOBS = 'test/workers/jobs.test.ts';

/** What follows from a commit: facts reach every subscriber, jobs run. */
export const facts: readonly Mutation[] = [
  {
    id: 'relayed-before-delivered',
    breaks: 'A fact counts as relayed only once its deliveries are in the queue.',
    file: 'src/workers/relay-facts.ts',
    from: `    await deliver.first(rows);
    await markRelayed(
      tx,
      rows.map(({ id }) => id),
    );`,
    to: `    await markRelayed(
      database,
      rows.map(({ id }) => id),
    );
    await deliver.first(rows);`,
    tests: [OWED, FACTS, 'test/workers/crash.test.ts'],
  },
  {
    id: 'outbox-is-not-polled',
    breaks: 'A fact whose worker died before it was relayed is found.',
    file: 'src/workers/relay-facts.ts',
    from: 'if (!(await hasUnrelayed(parts.database))) return;',
    to: 'if ((await hasUnrelayed(parts.database)) || BATCH > 0) return;',
    tests: [FACTS],
  },
  {
    id: 'one-subscriber-is-enough',
    breaks: 'A fact reaches every one of its subscribers.',
    file: 'src/platform/facts/deliveries.ts',
    from: '.filter(({ fact }) => fact.name === name)',
    to: '.filter(({ fact }) => fact.name === name).slice(0, 1)',
    tests: [FACTS],
  },
  {
    id: 'facts-of-subscribers-wait',
    breaks: 'What a subscriber records is relayed as soon as it has run.',
    file: 'src/platform/facts/outbox.ts',
    from: '  recorded.getStore()?.push(row.id);\n',
    to: '',
    tests: [FACTS],
  },
  {
    id: 'failed-jobs-vanish',
    breaks: 'A job that fails for good becomes a row for a person to look at.',
    file: 'src/workers/queue-worker.ts',
    from: 'if (!job || job.finishedOn === undefined) return;',
    to: 'if (!job || job.finishedOn !== undefined) return;',
    tests: [JOBS],
  },
  {
    id: 'schedules-are-not-set',
    breaks: 'What recurs runs by itself.',
    file: 'src/workers/schedule.ts',
    from: 'if (contract.everyMs !== undefined) recurring.set',
    to: 'if (contract.everyMs === 0) recurring.set',
    tests: [JOBS],
  },
  {
    id: 'owed-facts-are-not-looked-for',
    breaks: 'What was relayed and lost from the queue is delivered again.',
    file: 'src/workers/tend.ts',
    from: 'const again = await deliver.again(owed);',
    to: 'const again = owed.length - owed.length;',
    tests: [OWED],
  },
  {
    id: 'emptied-redis-is-not-noticed',
    breaks: 'What recurs comes back within seconds to a Redis that was emptied.',
    file: 'src/workers/tend.ts',
    from: '(await redis.exists(KEPT)) === 0',
    to: '(await redis.exists(KEPT)) < 0',
    tests: [OWED],
  },
  {
    id: 'unknown-subscribers-are-forgotten',
    breaks: 'A worker that does not know a subscriber leaves the fact to one that does.',
    file: 'src/platform/facts/owed.ts',
    from: "listener.seen_at > now() - interval '1 day'",
    to: "listener.seen_at > now() + interval '1 day'",
    tests: [OWED],
  },
  {
    id: 'waiting-deliveries-are-doubled',
    breaks: 'A delivery that only waits in the queue is not put in again.',
    file: 'src/platform/facts/deliveries.ts',
    from: 'if (job.finishedOn === undefined) return false;',
    to: 'if (job.finishedOn === undefined) return true;',
    tests: [OWED],
  },
  {
    id: 'claims-are-not-looked-at',
    breaks: 'A change that is made with its mark takes effect once.',
    file: 'src/platform/facts/subscribe-in-transaction.ts',
    from: 'if (await claimDelivery(tx, { factId, subscriber: name }, bounds)) await run',
    to: 'await claimDelivery(tx, { factId, subscriber: name }, bounds); await run',
    tests: [OWED],
  },
  {
    id: 'put-aside-is-tried-for-ever',
    breaks: 'A delivery that was put aside is not tried again by itself.',
    file: 'src/workers/put-aside.ts',
    from: '    await markPutAside(tx, { factId: data.factId, subscriber });\n',
    to: '',
    tests: [OWED],
  },
  {
    id: 'letters-are-lost',
    breaks: 'What failed while no letter could be written gets one later.',
    file: 'src/workers/put-aside.ts',
    from: 'job.finishedOn < untilMs',
    to: 'job.finishedOn < 0',
    tests: [OWED],
  },
  {
    id: 'outages-use-up-attempts',
    breaks: 'A database that is away uses up no attempt of a job or a delivery.',
    file: 'src/workers/queue-worker.ts',
    from: 'if (!isOutage(error)) throw error;',
    to: 'throw error;',
    tests: [OUTAGE],
  },
];
