import { until } from '../../support/until.ts';
import { setSwitches, TROUBLE } from '../checkouts/switches.ts';
import { areApart } from '../plan/conflicts.ts';
import { FAULT_NAMES, type FaultName } from '../plan/names.ts';
import { describeStep, type Step } from '../plan/plan.ts';
import { FAULTS } from './faults.ts';
import { type Finding, finding } from './finding.ts';
import { type Recount, recountAll } from './recount.ts';
import { rest } from './rest.ts';
import { type Sales, startSales } from './sales.ts';
import type { World } from './world.ts';

/** What became of one step. */
export interface Mark {
  step: Step;
  /** How long it lasted until it was put right, in ms. */
  lastedMs: number;
  /** Processes killed, connections cut, bytes late: how much of it really happened. */
  effect: number;
}

/** What became of one plan. */
export interface Outcome extends Pick<Recount, 'messages' | 'checkouts'> {
  findings: Finding[];
  marks: Mark[];
}

const BACK_WITHIN_MS = 180_000;
/** Of what is begun in so many seconds as many again must come through: more than was under way when it went wrong. */
const SECONDS_BACK = 5;
/** As long as anybody waits for an answer. */
const ANSWERED_WITHIN_MS = 240_000;

const play = async (world: World, step: Step, signal: AbortSignal): Promise<Mark> => {
  const beganMs = performance.now();
  world.say(`begins: ${describeStep(step)}`);
  const effect = await FAULTS[step.fault]({ world, step, signal });
  const lastedMs = performance.now() - beganMs;
  world.say(`over:   ${step.fault} ${step.target} after ${(lastedMs / 1_000).toFixed(1)} s, effect ${effect}`);
  return { step, lastedMs, effect };
};

/** Plays every step at its time. What takes longer than planned holds up those that cannot be at the same time. */
const playSteps = async (world: World, signal: AbortSignal): Promise<Pick<Outcome, 'marks' | 'findings'>> => {
  const startedMs = performance.now();
  const marks: Mark[] = [];
  const findings: Finding[] = [];
  const begun: { step: Step; done: Promise<void> }[] = [];
  for (const step of world.plan.steps) {
    const earlier = begun.filter((other) => areApart(step, other.step)).map(({ done }) => done);
    const run = async (): Promise<void> => {
      await rest(startedMs + step.atMs - performance.now(), signal);
      await Promise.all(earlier);
      if (signal.aborted) return;
      try {
        marks.push(await play(world, step, signal));
      } catch (error) {
        findings.push(finding(`${step.fault} was not put right`, `${describeStep(step)}: ${String(error)}`));
      }
    };
    begun.push({ step, done: run() });
  }
  await Promise.all(begun.map(({ done }) => done));
  await rest(startedMs + world.plan.seconds * 1_000 - performance.now(), signal);
  return { marks, findings };
};

/** Waits until messages are acknowledged and checkouts answered again. */
const untilFlowing = async ({ chats, rates, say }: World, sales: Sales | null): Promise<void> => {
  const startedMs = performance.now();
  const messages = (): number => chats?.acknowledged() ?? 0;
  const answers = (): number => sales?.answers() ?? 0;
  const goal = messages() + (chats === null ? 0 : rates.messages * SECONDS_BACK);
  const answerGoal = answers() + (sales === null ? 0 : rates.checkouts * SECONDS_BACK);
  await until(() => messages() >= goal && answers() >= answerGoal, {
    withinMs: BACK_WITHIN_MS,
    what: 'messages acknowledged and checkouts answered again',
  });
  say(`all flows ${((performance.now() - startedMs) / 1_000).toFixed(1)} s after the plan`);
};

/** Ends the traffic. What is never answered must not be waited for without end. */
const finish = async ({ chats }: World, sales: Sales | null): Promise<void> => {
  let isOver = false;
  const ending = Promise.all([chats?.finish(), sales?.finish()]).then(() => {
    isOver = true;
  });
  await until(() => isOver, { withinMs: ANSWERED_WITHIN_MS, what: 'the last answer to messages and buyers' });
  await ending;
};

/** A fault without effect says nothing of the product: it is a fault of this program. */
const withoutEffect = (marks: readonly Mark[]): Finding[] =>
  marks
    .filter(({ effect }) => effect === 0)
    .map(({ step }) => finding(`${step.fault} had no effect`, `${describeStep(step)} had no effect`));

/** How often each fault really happened. */
export const countFaults = (marks: readonly Mark[]): Partial<Record<FaultName, number>> => {
  const happened = (name: FaultName): number =>
    marks.filter(({ step, effect }) => step.fault === name && effect > 0).length;
  return Object.fromEntries(FAULT_NAMES.map((name) => [name, happened(name)]).filter(([, count]) => count !== 0));
};

/** @throws the signal's reason as soon as it is given */
const orAborted = <Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> => {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
};

/**
 * Plays a plan under its scenario's traffic, waits until nothing moves, and counts everything anew.
 * @throws the signal's reason when it is given, once what went wrong has been put right
 */
export const playPlan = async (world: World, signal: AbortSignal): Promise<Outcome> => {
  const { plan, stage, time, rates, chats } = world;
  signal.throwIfAborted();
  const isSelling = plan.scenario !== 'chat';
  if (isSelling) await setSwitches(stage, TROUBLE);
  await chats?.start();
  const sales = isSelling ? startSales({ stage, time, perSecond: rates.checkouts, seed: plan.seed }) : null;
  const { marks, findings } = await playSteps(world, signal);
  signal.throwIfAborted();
  const recount = await orAborted(signal, endAndRecount(world, sales));
  return { ...recount, marks, findings: [...findings, ...withoutEffect(marks), ...recount.findings] };
};

/** Ends the traffic once all flows again. */
const endAndRecount = async (world: World, sales: Sales | null): Promise<Recount> => {
  const findings: Finding[] = [];
  const noted = async (kind: string, work: Promise<void>): Promise<void> => {
    await work.catch((error: unknown) => void findings.push(finding(kind, `${kind}: ${String(error)}`)));
  };
  await noted('it does not flow again', untilFlowing(world, sales));
  world.say('the traffic ends');
  await noted('not everybody was answered', finish(world, sales));
  const recount = await recountAll(world, sales);
  return { ...recount, findings: [...findings, ...recount.findings] };
};
