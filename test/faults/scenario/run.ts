import { setTimeout as pause } from 'node:timers/promises';
import { useRunFolder } from '../../support/run-in-progress.ts';
import { startTestServers } from '../../support/test-servers.ts';
import { createRandom } from '../checkouts/random.ts';
import { setSwitches, TROUBLE } from '../checkouts/switches.ts';
import { FAULT_NAMES, type FaultName } from './fault-names.ts';
import { FAULTS, untilFlowing } from './faults.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { type Recount, recountAll } from './recount.ts';
import { type Sales, startSales } from './sales.ts';
import { openWorld, type World } from './world.ts';

/** `npm run faults`: lets things go wrong under traffic, one after the other, and counts everything anew. */
const startedAtMs = performance.now();
const say = (line: string): void => {
  const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(1).padStart(7);
  process.stdout.write(`${seconds} s  ${line}\n`);
};

/** All faults, each once, in an order of the seed. */
const shuffled = (seed: number): FaultName[] => {
  const random = createRandom(seed);
  const left = [...FAULT_NAMES];
  return FAULT_NAMES.flatMap(() => left.splice(random.below(left.length), 1));
};

interface Meter {
  messages: number;
  answers: number;
  atMs: number;
}

const read = ({ chats }: World, sales: Sales): Meter => ({
  messages: chats.acknowledged(),
  answers: sales.answers(),
  atMs: performance.now(),
});

const ratesSince = (before: Meter, now: Meter): string => {
  const perSecond = (count: number): number => Math.round((count * 1_000) / Math.max(1, now.atMs - before.atMs));
  return `${perSecond(now.messages - before.messages)} messages/s, ${perSecond(now.answers - before.answers)} answers/s`;
};

/** What became of one fault. */
interface Mark {
  fault: FaultName;
  /** Seconds until it was put right, and from then until all flowed; null when it never did. */
  lasted: number;
  back: number | null;
  /** From its beginning to the end of the traffic after it. */
  messages: number;
  checkouts: number;
}

const secondsOf = (ms: number): number => Math.round(ms / 100) / 10;

/** @returns seconds: how long it lasted, and from then until all flowed */
const goWrong = async (world: World, sales: Sales, name: FaultName): Promise<Pick<Mark, 'lasted' | 'back'>> => {
  const { options, chats } = world;
  const before = read(world, sales);
  say(`${name}: begins`);
  await FAULTS[name](world);
  const after = read(world, sales);
  say(`${name}: buyers were told to ask again, so far: ${JSON.stringify(sales.again)}`);
  say(`${name}: over after ${secondsOf(after.atMs - before.atMs)} s, meanwhile ${ratesSince(before, after)}`);
  const backMs = await untilFlowing({ messages: chats.acknowledged, answers: sales.answers }, options);
  say(`${name}: all flows again ${secondsOf(backMs)} s later`);
  return { lasted: secondsOf(after.atMs - before.atMs), back: secondsOf(backMs) };
};

const traffic = async (world: World, sales: Sales): Promise<void> => {
  const before = read(world, sales);
  await pause(world.options.seconds * 1_000);
  say(`traffic: ${ratesSince(before, read(world, sales))}`);
};

/** @returns what does not add up */
const play = async (world: World): Promise<string[]> => {
  await setSwitches(world.stage, TROUBLE);
  const sales = startSales(world.stage, world.time, world.options);
  const stuck: string[] = [];
  const marks: Mark[] = [];
  await traffic(world, sales);
  for (const fault of world.options.faults) {
    const [messages, checkouts] = [world.chats.acknowledged(), sales.told.length];
    const went = await goWrong(world, sales, fault).catch((error: unknown) => {
      stuck.push(`${fault}: ${String(error)}`);
      return { lasted: Number.NaN, back: null };
    });
    await traffic(world, sales);
    const grown = { messages: world.chats.acknowledged() - messages, checkouts: sales.told.length - checkouts };
    marks.push({ fault, ...went, ...grown });
  }
  say('the traffic ends');
  await Promise.all([world.chats.finish(), sales.finish()]);
  const recount = await recountAll(world, sales);
  printTable(marks, recount);
  return [...stuck, ...recount.findings];
};

const printTable = (marks: readonly Mark[], { messages, checkouts }: Recount): void => {
  const rows = [
    ['fault', 'lasted s', 'flows after s', 'acknowledged', 'lost', 'doubled', 'checkouts', 'owed'],
    ...marks.map((mark) => [mark.fault, mark.lasted, mark.back ?? 'never', mark.messages, '', '', mark.checkouts, '']),
    ['in all', '', '', messages.acknowledged, messages.lost, messages.doubled, checkouts.ended, checkouts.owed],
  ];
  for (const [name, ...cells] of rows) {
    say([String(name).padEnd(20), ...cells.map((cell) => String(cell).padStart(13))].join(''));
  }
};

const main = async (given: Options): Promise<void> => {
  const options = { ...given, faults: given.faults.length > 0 ? given.faults : shuffled(given.seed) };
  say(`seed ${options.seed}: ${options.faults.join(', ')}`);
  // A migrated cluster to copy; the servers of the world are its own.
  const { stop, runFolder } = await startTestServers(0);
  useRunFolder(runFolder);
  let world: World | undefined;
  const close = async (): Promise<void> => {
    await world?.close();
    await stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().finally(() => process.exit(130)));
  }
  try {
    world = await openWorld(options, say);
    const findings = await play(world);
    for (const finding of findings) say(`WRONG  ${finding}`);
    say(findings.length === 0 ? 'everything adds up: 0 lost, 0 doubled, 0 owed' : `${findings.length} findings`);
    process.exitCode = findings.length === 0 ? 0 : 1;
  } finally {
    await close();
  }
};

const options = ((): Options => {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}\n`);
    process.exit(2);
  }
})();
await main(options);
