import { parseArgs } from 'node:util';
import { layOut, ratio } from '../../load/report/table.ts';
import { describeMachine } from '../cpu/machine.ts';
import { cpuMicrosOf, processTree } from '../cpu/process-tree.ts';
import { median, spread } from '../report/spread.ts';
import { type InsertDatabase, openInsertDatabase } from './database.ts';
import { BATCH, createMessages, type Draft, MESSAGES_PER_ROOM, ROOMS } from './messages.ts';
import { type Way, waysInto } from './ways.ts';

const USAGE = `npm run bench -- insert [options]

  --rounds N   rounds, each way once per round (7)
  --batches N  batches of ${BATCH} messages that a way stores in a round (20)`;

interface InsertOptions {
  rounds: number;
  batches: number;
}

/** What one way needed for one round. */
interface Sample {
  way: string;
  rowsPerSecond: number;
  /** Of PostgreSQL, µs per row. */
  serverMicros: number;
  /** Of this process, µs per row. */
  clientMicros: number;
}

/** `npm run bench -- insert`: messages stored as the persister does it, beside createMany and COPY, interleaved. */
export async function runInsertBench(args: string[]): Promise<void> {
  const options = parseOrExit(args);
  const { cores, cpu, node, loadAverage } = describeMachine();
  console.log(`${cores} × ${cpu}, Node ${node}, load ${loadAverage.join(' ')}`);
  const opened = await openInsertDatabase();
  try {
    const ways = waysInto(opened.database, opened.client);
    const next = createMessages(opened.chatIds, opened.senderIds);
    for (const way of ways) await way.store(next());
    const samples = await rounds({ opened, ways, next, options });
    const { rows } = await opened.client.query('SELECT count(*)::int AS count FROM messages');
    const expected = (ways.length + ways.length * options.rounds * options.batches) * BATCH;
    if (rows[0].count !== expected) throw new Error(`${rows[0].count} messages are stored instead of ${expected}`);
    console.log(`\n${report(samples, ways, options)}\nPostgreSQL: ${opened.settings}`);
  } finally {
    await opened.stop();
  }
}

function parseOrExit(args: string[]): InsertOptions {
  try {
    const options = { rounds: { type: 'string', default: '7' }, batches: { type: 'string', default: '20' } } as const;
    const { values } = parseArgs({ args, options });
    const [rounds, batches] = [Number(values.rounds), Number(values.batches)];
    if (!(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(batches) && batches > 0))
      throw new Error('--rounds and --batches take positive whole numbers');
    return { rounds, batches };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

interface Run {
  opened: InsertDatabase;
  ways: Way[];
  next: () => Draft[];
  options: InsertOptions;
}

/** The order is turned by one each round, so that none always meets the larger table or the checkpoint. */
async function rounds({ opened, ways, next, options }: Run): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const turn = round % ways.length;
    for (const way of [...ways.slice(turn), ...ways.slice(0, turn)]) {
      const batches = Array.from({ length: options.batches }, next);
      samples.push(await sample(opened.pid, way, batches));
    }
  }
  return samples;
}

async function sample(serverPid: number, way: Way, batches: Draft[][]): Promise<Sample> {
  const rows = batches.length * BATCH;
  const server = cpuMicrosOf(processTree([serverPid]));
  const own = process.cpuUsage();
  const startedAtMs = performance.now();
  for (const batch of batches) await way.store(batch);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const { user, system } = process.cpuUsage(own);
  return {
    way: way.name,
    rowsPerSecond: rows / seconds,
    serverMicros: (cpuMicrosOf(processTree([serverPid])) - server) / rows,
    clientMicros: (user + system) / rows,
  };
}

const HEADER = [
  'way',
  'rows/s',
  '÷ createMany',
  'PostgreSQL CPU µs/row',
  'Node CPU µs/row',
  'CPU ÷ createMany',
  'besides',
];

function report(samples: Sample[], ways: Way[], { rounds, batches }: InsertOptions): string {
  const of = (way: string, read: (sample: Sample) => number): number[] =>
    samples.filter((each) => each.way === way).map(read);
  const compare = (way: string, read: (sample: Sample) => number): string =>
    ratio(median(of(way, read)), median(of('createMany', read)));
  const rows = ways.map(({ name, does }) => [
    name,
    spread(of(name, ({ rowsPerSecond }) => rowsPerSecond)),
    compare(name, ({ rowsPerSecond }) => rowsPerSecond),
    spread(of(name, ({ serverMicros }) => serverMicros)),
    spread(of(name, ({ clientMicros }) => clientMicros)),
    compare(name, ({ serverMicros, clientMicros }) => serverMicros + clientMicros),
    does,
  ]);
  return [
    `${rounds} rounds of ${batches} transactions of ${BATCH} messages (${ROOMS} chats × ${MESSAGES_PER_ROOM}), one connection; median (min–max)`,
    layOut(HEADER, rows),
  ].join('\n');
}
