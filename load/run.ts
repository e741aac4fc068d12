import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from './adapter.ts';
import { measured } from './build-report.ts';
import type { Closing } from './crowd/messages.ts';
import { type Processes, partsOf, startProcesses } from './crowd/processes.ts';
import { createGathering } from './gather.ts';
import { loadAdapter } from './load-adapter.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { PROGRESS_HEAD, progressLine } from './progress.ts';
import { refuseUnreachable } from './reach.ts';
import { CORRECTNESS_NAMES, LATENCY_NAMES, type LoadReport } from './report/contract.ts';
import { checkExpectations, type Expectation, parseExpectations } from './report/expectations.ts';
import { judge } from './report/verdict.ts';
import { writeReport } from './report/write.ts';
import { SCENARIOS } from './scenarios/index.ts';
import type { Finding, Plan, Preparation } from './scenarios/scenario.ts';
import { createMetricsReader } from './server-metrics.ts';

/** `npm run load`: simulated users against a running server, and a report of what came of it. */
const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
/** How long what is under way may take to end after Ctrl-C. */
const GOODBYE_MS = 40_000;
const EXIT = { good: 0, bad: 1, usage: 2 } as const;

interface Asked {
  options: Options;
  expectations: Expectation[];
}

const readAsked = (): Asked => {
  const options = readOptions(process.argv.slice(2), new Date());
  return { options, expectations: options.expect === '' ? [] : parseExpectations(options.expect, askable(options)) };
};

const askable = ({ scenario }: Options) => ({
  scenario,
  latencies: [...LATENCY_NAMES, ...(SCENARIOS[scenario].latencies ?? [])],
  correctness: CORRECTNESS_NAMES,
});

interface Prepared {
  preparation: Preparation;
  people: Person[];
  plan: Plan;
}

const prepare = async (options: Options): Promise<Prepared> => {
  const adapter = await loadAdapter(options.adapter);
  for (const node of options.nodes) await refuseUnreachable(node);
  const people = await adapter.signIn({
    url: options.url,
    count: options.users,
    accounts: options.accounts,
    tell: say,
  });
  const preparation: Preparation = { adapter, options, people, tell: say };
  return { preparation, people, plan: await SCENARIOS[options.scenario].prepare(preparation) };
};

/** What came of the load itself. */
interface Outcome {
  closings: Closing[];
  isInterrupted: boolean;
  notes: string[];
}

/** Waits for the processes, telling every second; Ctrl-C has them end in order, and a second one at once. */
const watch = async (processes: Processes, everySecond: () => Promise<void>): Promise<Outcome> => {
  let isInterrupted = false;
  const interrupt = (): void => {
    if (isInterrupted) processes.kill();
    isInterrupted = true;
    say('\nending in order; press Ctrl-C again to end at once');
    processes.end();
    setTimeout(() => processes.kill(), GOODBYE_MS).unref();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const ticking = setInterval(() => void everySecond(), 1_000);
  try {
    return { closings: await processes.closings, isInterrupted, notes: [] };
  } catch (error) {
    processes.kill();
    return {
      closings: [],
      isInterrupted: true,
      notes: [`The run ended early: ${error instanceof Error ? error.message : error}.`],
    };
  } finally {
    clearInterval(ticking);
    process.removeListener('SIGINT', interrupt);
    process.removeListener('SIGTERM', interrupt);
  }
};

const recount = async ({ preparation, plan }: Prepared): Promise<{ findings: Finding[]; notes: string[] }> => {
  try {
    return { findings: (await SCENARIOS[preparation.options.scenario].recount?.(preparation, plan)) ?? [], notes: [] };
  } catch (error) {
    return { findings: [], notes: [`The recount failed: ${error instanceof Error ? error.message : error}`] };
  }
};

/** As a shell takes it. */
const quoted = (argument: string): string =>
  /^[\w./:,=%-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;

const run = async ({ options, expectations }: Asked): Promise<LoadReport> => {
  const prepared = await prepare(options);
  const parts = partsOf(prepared.people, prepared.plan);
  const gathering = createGathering();
  const metrics = createMetricsReader(options.url);
  const startedAt = new Date();
  const beganAt = performance.now();
  say(
    `${options.users} users come within ${options.ramp} s and stay for ${options.seconds} s, from ${parts.length} process(es)`,
  );
  say(PROGRESS_HEAD);
  const processes = startProcesses(parts, options, { onTick: gathering.take });
  const { closings, isInterrupted, notes } = await watch(processes, async () => {
    const second = gathering.cut();
    say(
      progressLine({ elapsedSeconds: (performance.now() - beganAt) / 1_000, missing: gathering.so().missing, second }),
    );
    await metrics.read();
  });
  await sleep(0);
  gathering.cut();
  const counted = await recount(prepared);
  const outcome = measured({
    options,
    targetName: prepared.preparation.adapter.name,
    notes: [SCENARIOS[options.scenario].summary, ...notes, ...counted.notes],
    command: `npm run load -- ${process.argv.slice(2).map(quoted).join(' ')}`,
    ...{ startedAt, endedAt: new Date(), isInterrupted, processes: processes.count },
    ...{ gathered: gathering.so(), closings, findings: counted.findings, server: metrics.lines() },
  });
  const unjudged = { ...outcome, expectations: checkExpectations(expectations, outcome) };
  return { ...unjudged, verdict: judge(unjudged) };
};

const main = async (): Promise<number> => {
  let asked: Asked;
  try {
    asked = readAsked();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}\n`);
    return EXIT.usage;
  }
  try {
    const report = await run(asked);
    for (const sentence of report.verdict.sentences) say(sentence);
    mkdirSync(asked.options.report, { recursive: true });
    const { html, json } = await writeReport(asked.options.report, report);
    say(`report: ${html}\n        ${json}`);
    return report.verdict.isGood ? EXIT.good : EXIT.bad;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return EXIT.bad;
  }
};

process.exitCode = await main();
