import { parseArgs } from 'node:util';
import { applyMutation, type Mutation, staleness } from './mutation.ts';
import { mutations } from './mutations.ts';
import { endTrials, type Outcome, runTests } from './trial.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

/** `npm run test:mutants`: breaks one promise after the other and says which no test notices. */
const USAGE = `npm run test:mutants -- [options]

  --only ids   only these mutations, with commas between
  --list       prints what there is and runs nothing`;

const BASELINE_WITHIN_MS = 3_600_000;
/** A test that takes longer with a mutation, and also so many times what it took without one, hangs because of it. */
const TEST_WITHIN_MS = 20_000;
/** The same of all tests of a mutation together. */
const WITHIN_MS = 150_000;
const TIMES_AS_LONG = 4;

const VERDICTS = ['killed', 'timeout', 'survived', 'stale', 'broken'] as const;
/**
 * - `killed`: a test failed. `timeout`: tests hung, or one ran out of its time, and none failed otherwise.
 * - `survived`: all tests passed.
 * - `stale`: it cannot be applied, or no test ran. `broken`: its tests fail without it, or its file cannot be loaded.
 */
type Verdict = (typeof VERDICTS)[number];
const GOOD: readonly Verdict[] = ['killed', 'timeout'];

interface Judged {
  mutation: Mutation;
  verdict: Verdict;
  /** Seconds it took. */
  seconds: number;
  reason: string;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** Ctrl-C was pressed: nothing new is begun, and all is taken away. */
let isInterrupted = false;

const seconds = (ms: number): number => Math.round(ms / 100) / 10;

const readOptions = (): { only: string[] | null; isList: boolean } => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, list: { type: 'boolean', default: false } } });
  return { only: values.only?.split(',') ?? null, isList: values.list };
};

const chosen = (only: string[] | null): readonly Mutation[] => {
  const unknown = only?.find((id) => !mutations.some((mutation) => mutation.id === id));
  if (unknown !== undefined) throw new Error(`There is no mutation "${unknown}"`);
  return only === null ? mutations : mutations.filter(({ id }) => only.includes(id));
};

/** A test file as it runs without a mutation. */
interface Unchanged {
  /** Why what it says of a mutation counts for nothing; null when all of it passes. */
  failure: string | null;
  tookMs: number;
  slowestMs: number;
}

/** Runs what is wanted as the source stands: files of which only some tests are wanted by those tests' names. */
const runUnchanged = async (workshop: Workshop, wanted: readonly Mutation[]): Promise<Map<string, Unchanged>> => {
  const files = [...new Set(wanted.flatMap(({ tests }) => tests))];
  const whole = new Set(wanted.flatMap(({ tests, named }) => (named === undefined ? tests : [])));
  const names = [...new Set(wanted.flatMap(({ named }) => named ?? []))];
  say(`running tests of ${files.length} files without a mutation`);
  return new Map([
    ...(await runAsTheyAre(workshop, [...whole])),
    ...(await runAsTheyAre(
      workshop,
      files.filter((file) => !whole.has(file)),
      names,
    )),
  ]);
};

const runAsTheyAre = async (
  workshop: Workshop,
  files: readonly string[],
  named?: readonly string[],
): Promise<[string, Unchanged][]> => {
  if (files.length === 0 || isInterrupted) return [];
  const { folder, servers } = workshop;
  const outcome = await runTests({ folder, servers, files, named, bail: false, withinMs: BASELINE_WITHIN_MS });
  await workshop.tidy();
  if (isInterrupted) return [];
  if (outcome.isLate || outcome.passed === 0) throw new Error(`The tests could not be run:\n${outcome.output}`);
  say(`${outcome.passed} passed, ${outcome.failed.length} failed in ${seconds(outcome.tookMs)} s`);
  const failures = new Map([
    ...outcome.failed.map(({ file, test, reason }) => [file, `"${test}" fails without it: ${reason}`] as const),
    ...outcome.unloaded.map(({ file, reason }) => [file, `cannot be loaded without it: ${reason}`] as const),
  ]);
  for (const [file, failure] of failures) say(`${inside(folder, file)}: ${failure}`);
  return outcome.files.map(({ file, tookMs, slowestMs }) => [
    inside(folder, file),
    { tookMs, slowestMs, failure: failures.get(file) ?? null },
  ]);
};

const inside = (folder: string, file: string): string => file.slice(folder.length + 1);

const verdictOf = ({ failed, passed, unloaded, isLate }: Outcome): [Verdict, string] => {
  const failure = failed.find(({ isTimeout }) => !isTimeout);
  if (failure) return ['killed', failure.test];
  if (isLate) return ['timeout', 'its tests came to no end'];
  if (failed[0]) return ['timeout', failed[0].test];
  if (unloaded[0]) return ['broken', unloaded[0].reason];
  return passed === 0 ? ['stale', 'no test ran'] : ['survived', `${passed} tests passed`];
};

/** How long a mutation's tests may take, by what they take without it. */
const patience = (tests: readonly Unchanged[]): { withinMs: number; testTimeoutMs: number } => {
  const longest = Math.max(...tests.map(({ slowestMs }) => slowestMs));
  const whole = tests.reduce((sum, { tookMs }) => sum + tookMs, 0);
  return {
    withinMs: Math.max(WITHIN_MS, Math.round(TIMES_AS_LONG * whole)),
    testTimeoutMs: Math.max(TEST_WITHIN_MS, Math.round(TIMES_AS_LONG * longest)),
  };
};

const tryOut = async (
  workshop: Workshop,
  mutation: Mutation,
  unchanged: readonly Unchanged[],
): Promise<Omit<Judged, 'mutation'>> => {
  const reason = staleness(workshop.folder, mutation);
  if (reason !== null) return { verdict: 'stale', seconds: 0, reason };
  const restore = applyMutation(workshop.folder, mutation);
  try {
    const { folder } = workshop;
    const servers = mutation.file.endsWith('.sql') ? await workshop.withOwnSchema(mutation.id) : workshop.servers;
    const { tests: files, named } = mutation;
    const only = named === undefined ? undefined : [named];
    const outcome = await runTests({ folder, servers, files, named: only, bail: true, ...patience(unchanged) });
    const [verdict, why] = verdictOf(outcome);
    return { verdict, seconds: seconds(outcome.tookMs), reason: why };
  } catch (error) {
    return { verdict: 'broken', seconds: 0, reason: String(error) };
  } finally {
    restore();
    await workshop.tidy();
  }
};

const judgeAll = async (workshop: Workshop, wanted: readonly Mutation[]): Promise<Judged[]> => {
  const unchanged = await runUnchanged(workshop, wanted);
  const judged: Judged[] = [];
  for (const mutation of wanted) {
    if (isInterrupted) break;
    const tests = mutation.tests.flatMap((file) => unchanged.get(file) ?? []);
    const reason = tests.find(({ failure }) => failure !== null)?.failure ?? null;
    const outcome =
      reason === null ? await tryOut(workshop, mutation, tests) : { verdict: 'broken' as const, seconds: 0, reason };
    if (isInterrupted) break;
    judged.push({ mutation, ...outcome });
    const took = `${outcome.seconds.toFixed(1)} s`.padStart(7);
    say(`${outcome.verdict.padEnd(8)} ${mutation.id.padEnd(36)} ${took}  ${outcome.reason}`);
  }
  return judged;
};

const summarise = (judged: readonly Judged[]): void => {
  const counts = VERDICTS.map((verdict) => `${judged.filter((each) => each.verdict === verdict).length} ${verdict}`);
  say(`\n${judged.length} mutations: ${counts.join(', ')}`);
  for (const { mutation, verdict, reason } of judged.filter((each) => !GOOD.includes(each.verdict))) {
    say(`${verdict}: ${mutation.id}, ${mutation.file}\n  ${mutation.breaks}\n  ${reason}`);
  }
};

const main = async (): Promise<void> => {
  const { only, isList } = readOptions();
  const wanted = chosen(only);
  if (isList) {
    for (const { id, file, breaks } of wanted) say(`${id.padEnd(36)} ${breaks} (${file})`);
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      isInterrupted = true;
      endTrials();
    });
  }
  const workshop = await openWorkshop();
  try {
    const judged = isInterrupted ? [] : await judgeAll(workshop, wanted);
    summarise(judged);
    if (!judged.every(({ verdict }) => GOOD.includes(verdict))) process.exitCode = 1;
    if (isInterrupted) process.exitCode = 130;
  } finally {
    await workshop.close();
  }
};

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}\n`);
  process.exitCode = 2;
});
