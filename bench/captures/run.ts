import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { layOut } from '../../load/report/table.ts';
import { capturePayment } from '../../src/domains/payments/capture/capture.writes.ts';
import { lockPayment } from '../../src/domains/payments/payment/lock.writes.ts';
import { type Database, openDatabase } from '../../src/platform/db/client.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { startPostgres } from '../../src/platform/embedded/postgres.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { recordIn } from '../../src/platform/facts/record.ts';
import { newId } from '../../src/platform/ids.ts';
import { describeMachine } from '../cpu/machine.ts';

/** Captures under way at any time, each for a host of its own: what they share is the platform's accounts alone. */
const AT_ONCE = 12;
const ROUNDS = 3;
const CAPTURES = 400;
/** Looks at who waits for a row of an account, over all rounds of a way. */
const SAMPLES = 1_000;

interface Way {
  name: string;
  /** SQL that makes the part in which a transaction posts. */
  sql: string;
}

/** `npm run bench -- captures`: captures of one currency with one row for each account of the platform, and with 16. */
export async function runCapturesBench(): Promise<void> {
  const { cores, cpu, node, loadAverage } = describeMachine();
  console.log(`${cores} × ${cpu}, Node ${node}, load ${loadAverage.join(' ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'rally-bench-captures-'));
  const server = await startPostgres({ dataDir: join(folder, 'postgres'), onProgress: () => {} });
  const database = openDatabase(server.url, AT_ONCE);
  const client = new pg.Client({ connectionString: server.url });
  try {
    await migrate({ databaseUrl: server.url, migrationsDir: projectPath('prisma/migrations') });
    await client.connect();
    const ways = await waysOf(client);
    const results = new Map(ways.map(({ name }) => [name, { perSecond: [] as number[], waiting: 0, samples: 0 }]));
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const { name, sql } of ways) {
        await client.query(sql);
        const measured = await measure(database, client);
        // The first round opens accounts and warms caches.
        if (round === 0) continue;
        const result = results.get(name);
        result?.perSecond.push(measured.perSecond);
        if (result) result.waiting += measured.waiting;
        if (result) result.samples += measured.samples;
      }
    }
    console.log(report(results));
  } finally {
    await client.end();
    await database.$disconnect();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const waysOf = async (client: pg.Client): Promise<Way[]> => {
  const { rows } = await client.query("SELECT pg_get_functiondef('ledger_part(text)'::regprocedure) AS sql");
  const one = `CREATE OR REPLACE FUNCTION public.ledger_part(currency text) RETURNS smallint LANGUAGE sql AS 'SELECT 0::smallint'`;
  return [
    { name: '1 row', sql: one },
    { name: '16 parts', sql: String(rows[0]?.sql) },
  ];
};

const measure = async (database: Database, client: pg.Client) => {
  const ids = await openPayments(database);
  let next = 0;
  let isOver = false;
  const capture = async (): Promise<void> => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) await captureOne(database, id);
  };
  const sampled = sample(client, () => isOver);
  const startedAtMs = performance.now();
  const captured = await Promise.allSettled(Array.from({ length: AT_ONCE }, capture));
  const seconds = (performance.now() - startedAtMs) / 1_000;
  isOver = true;
  const seen = await sampled;
  for (const outcome of captured) if (outcome.status === 'rejected') throw outcome.reason;
  return { perSecond: CAPTURES / seconds, ...seen };
};

const captureOne = (database: Database, id: string): Promise<void> =>
  database.$transaction(
    async (tx) => {
      const payment = await lockPayment(tx, id);
      if (payment) await capturePayment({ tx, record: recordIn(tx), now: new Date() }, payment, null);
    },
    { maxWait: 20_000, timeout: 20_000 },
  );

const openPayments = async (database: Database): Promise<string[]> => {
  const people = Array.from({ length: CAPTURES }, newId);
  await database.user.createMany({
    data: people.map((id) => ({ id, email: `${id}@example.org`, username: id, password: '!' })),
  });
  const ids = people.map(newId);
  await database.payment.createMany({
    data: people.map((userId, place) => ({
      ...{ id: ids[place] ?? newId(), userId, amount: 10_000n, commissionAmount: 1_000n, taxAmount: 500n },
      commissionSnapshot: { hostId: userId },
    })),
  });
  return ids;
};

/** Counts sessions that wait for another transaction while they touch an account. */
const sample = async (client: pg.Client, isOver: () => boolean): Promise<{ waiting: number; samples: number }> => {
  const seen = { waiting: 0, samples: 0 };
  while (!isOver() && seen.samples < SAMPLES) {
    const { rows } = await client.query(`
      SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ~ 'ledger_(accounts|entries)'`);
    seen.waiting += Number(rows[0]?.waiting);
    seen.samples += 1;
  }
  return seen;
};

type Results = ReadonlyMap<string, { perSecond: number[]; waiting: number; samples: number }>;

const report = (results: Results): string => {
  const medianOf = (numbers: number[]): number =>
    numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
  const base = medianOf([...results.values()][0]?.perSecond ?? []);
  const rows = [...results].map(([name, { perSecond, waiting, samples }]) => [
    name,
    perSecond.map((each) => each.toFixed(0)).join(' '),
    (medianOf(perSecond) / base).toFixed(2),
    `${waiting} in ${samples} samples`,
  ]);
  return layOut(
    ['accounts of the platform', 'captures/s by round', '÷ 1 row', 'sessions waiting for a row of an account'],
    rows,
  );
};
