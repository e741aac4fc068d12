import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { percent } from '../load/report/table.ts';
import { reportBooking, runBookingBench } from './booking/run.ts';
import { runCapturesBench } from './captures/run.ts';
import { describeMachine } from './cpu/machine.ts';
import { runInsertBench } from './insert/run.ts';
import { type Options, readOptions, USAGE, type Workload } from './options.ts';
import { runPresenceBench } from './presence/run.ts';
import { reportConnect } from './report/connect.ts';
import { reportFanout } from './report/fanout.ts';
import { reportRooms } from './report/rooms.ts';
import { median } from './report/spread.ts';
import { runSearchBench } from './search/run.ts';
import { startBare } from './targets/bare.ts';
import { startRally } from './targets/rally.ts';
import type { Target, TargetName } from './targets/target.ts';
import { type ConnectRound, runConnectRound } from './workloads/connect.ts';
import { type FanoutRound, runFanoutRound } from './workloads/fanout.ts';
import type { Sample } from './workloads/measure.ts';
import { type RoomsRound, runRoomsRound } from './workloads/rooms.ts';

/** `npm run bench`: every server under the same load in one run, interleaved, with the ratios printed. */
const RESULTS = fileURLToPath(new URL('./results', import.meta.url));

/** Above this share of one core that others use, the reader is warned. */
const DISTURBED_SHARE = 0.2;

const STARTERS: Record<TargetName, () => Promise<Target>> = {
  rally: startRally,
  bare: () => startBare({ isStoring: false }),
  'bare-insert': () => startBare({ isStoring: true }),
};

/** Everything that was begun to be started: also what is half-way up must be stopped. */
const started: Promise<Target>[] = [];
let failures = 0;
let isInterrupted = false;

async function main(): Promise<void> {
  const options = parseOrExit(process.argv.slice(2));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      isInterrupted = true;
      void stopAll().finally(() => process.exit(1));
    });
  }
  try {
    const machine = describeMachine();
    console.log(`${machine.cores} × ${machine.cpu}, Node ${machine.node}, load ${machine.loadAverage.join(' ')}`);
    const targets: Target[] = [];
    for (const name of needed(options)) targets.push(await start(name));
    const fanout = await rounds({ options, targets, workload: 'fanout', run: fanoutRound });
    const rooms = await rounds({ options, targets, workload: 'rooms', run: roomsRound });
    const connect = await rounds({ options, targets, workload: 'connect', run: connectRound });
    const booking = options.workloads.includes('booking')
      ? (await tryOnce(() => runBookingBench(options.rounds))).flat()
      : [];
    if (isInterrupted) return;
    if (booking.length > 0) console.log(`\n${reportBooking(booking)}`);
    if (fanout.length > 0) console.log(`\n${reportFanout(fanout)}`);
    if (rooms.length > 0) console.log(`\n${reportRooms(rooms)}`);
    if (connect.length > 0) console.log(`\n${reportConnect(connect)}`);
    warnOfOthers([...fanout.flatMap(({ rungs }) => rungs), ...rooms]);
    save({ machine, options, fanout, rooms, connect, booking });
  } finally {
    await stopAll();
  }
}

function parseOrExit(args: string[]): Options {
  try {
    return readOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** The server that inserts is compared where messages are what is counted; a fan-out hides what one costs. */
const takesPart = (server: TargetName, workload: Workload) =>
  workload !== 'booking' && (server !== 'bare-insert' || workload === 'rooms');

const needed = ({ servers, workloads }: Options): TargetName[] =>
  servers.filter((server) => workloads.some((workload) => takesPart(server, workload)));

function start(name: TargetName): Promise<Target> {
  console.log(`starting ${name}`);
  const target = STARTERS[name]();
  started.push(target);
  return target;
}

async function stopAll(): Promise<void> {
  const settled = await Promise.allSettled(started.splice(0));
  await Promise.all(settled.map((target) => (target.status === 'fulfilled' ? target.value.stop() : undefined)));
}

interface Rounds<Result> {
  options: Options;
  targets: Target[];
  workload: Workload;
  run: (target: Target, round: number, options: Options) => Promise<Result>;
}

/** Each server once per round, the order turned by one each time, so that none always runs on a warmer machine. */
async function rounds<Result>({ options, targets, workload, run }: Rounds<Result>): Promise<Result[]> {
  if (!options.workloads.includes(workload)) return [];
  const taking = targets.filter(({ name }) => takesPart(name, workload));
  const results: Result[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const turn = round % taking.length;
    for (const target of [...taking.slice(turn), ...taking.slice(0, turn)]) {
      if (isInterrupted) return results;
      console.log(`${workload}: round ${round + 1} of ${options.rounds}, ${target.name}`);
      results.push(...(await tryOnce(() => run(target, round, options))));
    }
  }
  return results;
}

/** A round that fails is told and leaves the others standing; the run then ends with status 1. */
async function tryOnce<Result>(run: () => Promise<Result>): Promise<Result[]> {
  try {
    return [await run()];
  } catch (error) {
    if (isInterrupted) return [];
    failures++;
    console.error(`  failed: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}

const fanoutRound = (target: Target, round: number, { seconds, ladder }: Options): Promise<FanoutRound> =>
  runFanoutRound(target, { round, seconds, ladder });

const roomsRound = (target: Target, round: number, { seconds }: Options): Promise<RoomsRound> =>
  runRoomsRound(target, { round, seconds });

const connectRound = (target: Target, round: number): Promise<ConnectRound> => runConnectRound(target, { round });

/** On a shared machine the figures that depend on time say little; those in CPU µs still compare. */
function warnOfOthers(samples: Sample[]): void {
  const others = median(samples.map(({ otherShare, stolenShare }) => otherShare + stolenShare)) ?? 0;
  if (others < DISTURBED_SHARE) return;
  console.log(
    `\nOther programs took ${percent(others)} of a core meanwhile: rates and latencies are worse than on a free machine.`,
  );
}

function save(results: object): void {
  mkdirSync(RESULTS, { recursive: true });
  const file = `${RESULTS}/${new Date().toISOString().replaceAll(':', '-')}.json`;
  writeFileSync(file, JSON.stringify(results, null, 2));
  console.log(`\nall figures: ${file}`);
}

/** These are compared with other ways to do the same, not with another server. */
const ALONE: Record<string, (args: string[]) => Promise<void>> = {
  search: runSearchBench,
  insert: runInsertBench,
  captures: runCapturesBench,
  presence: runPresenceBench,
};
const [first = '', ...others] = process.argv.slice(2);
await (ALONE[first]?.(others) ?? main());
process.exitCode = failures > 0 ? 1 : 0;
