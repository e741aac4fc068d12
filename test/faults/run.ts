import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { useRunFolder } from '../support/run-in-progress.ts';
import { startTestServers } from '../support/test-servers.ts';
import { runPlan } from './command/one-run.ts';
import { type Options, readOptions, USAGE } from './command/options.ts';
import { buildPlanted } from './command/planted.ts';
import { type Played, tableOf } from './command/table.ts';

/** `npm run faults`: lets things go wrong under traffic as a plan says, and counts everything anew. */
const startedAtMs = performance.now();
const say = (line: string): void => {
  const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(1).padStart(7);
  process.stdout.write(`${seconds} s  ${line}\n`);
};

/** Given by Ctrl-C: what is under way is put right, and nothing new is begun. */
const interruption = new AbortController();
// Every step of a plan listens.
setMaxListeners(0, interruption.signal);
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    say('ending early');
    interruption.abort();
  });
}

/** @returns the program with mistakes planted in it; undefined for the build as it is */
const programOf = ({ plants }: Options, runFolder: string): string | undefined => {
  if (plants.length === 0) return undefined;
  for (const { id, breaks } of plants) say(`planted: ${id}, which breaks "${breaks}"`);
  return buildPlanted(plants, join(runFolder, 'checkout'));
};

const playAll = async ({ plans, rates, shrinkWithin }: Options, program: string | undefined): Promise<Played[]> => {
  const { signal } = interruption;
  const played: Played[] = [];
  for (const plan of plans) {
    if (signal.aborted) break;
    const one = await runPlan({ rates, shrinkWithin, signal, say, program }, plan).catch(nullWhenInterrupted);
    if (one !== null) played.push(one);
  }
  return played;
};

const nullWhenInterrupted = (error: unknown): null => {
  if (interruption.signal.aborted) return null;
  throw error;
};

const main = async (options: Options): Promise<void> => {
  // A migrated cluster to copy; the servers of each plan are its own.
  const { stop, runFolder } = await startTestServers(0);
  useRunFolder(runFolder);
  try {
    const played = await playAll(options, programOf(options, runFolder));
    for (const line of tableOf(played)) say(line);
    process.exitCode = played.every(({ outcome }) => outcome.findings.length === 0) ? 0 : 1;
  } finally {
    await stop();
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
if (interruption.signal.aborted) process.exit(130);
