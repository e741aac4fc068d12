import type { Mutation } from '../mutation.ts';

const FACTS = 'test/workers/facts.test.ts';
const JOBS = 'test/workers/jobs.test.ts';

/** What follows from a commit: facts reach every subscriber, jobs run. */
export const facts: readonly Mutation[] = [
  {
    id: 'relayed-before-delivered',
    breaks: 'A fact counts as relayed only once its deliveries are in the queue.',
    file: 'src/workers/relay-facts.ts',
    from: `    await deliver(rows);
    await markRelayed(
      tx,
      rows.map(({ id }) => id),
    );`,
    to: `    await markRelayed(
      database,
      rows.map(({ id }) => id),
    );
    await deliver(rows);`,
    tests: [FACTS, 'test/workers/crash.test.ts'],
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
    from: 'const listening = subscribers.filter(({ fact }) => fact.name === name);',
    to: 'const listening = subscribers.filter(({ fact }) => fact.name === name).slice(0, 1);',
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
];
