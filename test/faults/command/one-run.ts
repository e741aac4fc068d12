import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../../src/platform/embedded/project-paths.ts';
import { describeStep, type Plan } from '../plan/plan.ts';
import { shrink } from '../plan/shrink.ts';
import { countFaults, type Outcome, playPlan } from '../play/play.ts';
import { openWorld, type Setting } from '../play/world.ts';
import { inWords, type Played } from './table.ts';

/** What all plans of a run are played with. */
export interface Run extends Omit<Setting, 'plan'> {
  /** Seconds for making a plan smaller that finds something. */
  shrinkWithin: number;
  /** Given when the run is ended early. */
  signal: AbortSignal;
}

/** Where plans that found something are written. */
const RESULTS = 'test/faults/results';

/** Plays a plan on a cluster of its own. */
const playOnce = async (run: Run, plan: Plan): Promise<Outcome> => {
  const world = await openWorld({ ...run, plan });
  try {
    return await playPlan(world, run.signal);
  } finally {
    await world.close();
  }
};

const printPlan = ({ say }: Run, plan: Plan): void => {
  say(`seed ${plan.seed}, ${plan.scenario}, ${plan.seconds} s of traffic, ${plan.steps.length} steps`);
  for (const step of plan.steps) say(`  ${describeStep(step)}`);
};

const write = (plan: Plan, ending: string): string => {
  mkdirSync(projectPath(RESULTS), { recursive: true });
  const file = join(RESULTS, `${plan.scenario}-${plan.seed}${ending}.json`);
  writeFileSync(projectPath(file), `${JSON.stringify(plan, null, 2)}\n`);
  return file;
};

const replayOf = ({ rates }: Run, file: string): string =>
  `npm run faults -- --plan ${file} --messages ${rates.messages} --checkouts ${rates.checkouts}`;

/** Makes a plan smaller that found something, as long as it finds something of the same kind. */
const makeSmaller = async (run: Run, { plan, outcome }: Played): Promise<void> => {
  const { say, signal, shrinkWithin } = run;
  const kinds = new Set(outcome.findings.map(({ kind }) => kind));
  const endMs = performance.now() + shrinkWithin * 1_000;
  const isFailing = async (smaller: Plan): Promise<boolean> => {
    say(`shrinking: ${smaller.steps.length} steps in ${smaller.seconds} s`);
    const { findings } = await playOnce({ ...run, say: () => undefined }, smaller);
    const same = findings.filter(({ kind }) => kinds.has(kind));
    say(`shrinking: ${same[0]?.text ?? 'finds nothing of the kind'}`);
    return same.length > 0;
  };
  const isOver = (): boolean => signal.aborted || performance.now() > endMs;
  const smallest = await shrink(plan, { isFailing, isOver });
  say('the shortest plan that finds it:');
  printPlan(run, smallest);
  say(`again: ${replayOf(run, write(smallest, '-shortest'))}`);
};

/** Plays a plan, prints what came of it, and makes it smaller when it found something. */
export const runPlan = async (run: Run, plan: Plan): Promise<Played> => {
  const { say } = run;
  printPlan(run, plan);
  const outcome = await playOnce(run, plan);
  const played = { plan, outcome };
  say(`faults that happened: ${inWords(countFaults(outcome.marks))}`);
  for (const { text } of outcome.findings) say(`WRONG  ${text}`);
  if (outcome.findings.length === 0) {
    say('everything adds up: 0 lost, 0 doubled, 0 owed');
    return played;
  }
  say(`${outcome.findings.length} findings; again: ${replayOf(run, write(plan, ''))}`);
  if (run.shrinkWithin > 0 && !run.signal.aborted) await makeSmaller(run, played);
  return played;
};
