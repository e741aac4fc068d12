import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Mutation } from '../../mutants/mutation.ts';
import { drawPlan } from '../plan/draw.ts';
import { DRAWN_FAULTS, FAULT_NAMES, type FaultName, SCENARIO_NAMES } from '../plan/names.ts';
import { type Plan, parsePlan } from '../plan/plan.ts';
import { SHAPE } from '../plan/shape.ts';
import type { Rates } from '../play/world.ts';
import { plantsOf } from './planted.ts';

/** What one run does. */
export interface Options {
  /** Played one after the other. */
  plans: readonly [Plan, ...Plan[]];
  rates: Rates;
  /** Seconds for making a plan smaller that finds something; 0 for not at all. */
  shrinkWithin: number;
  /** Mistakes that are built into the program; none for the program as it is. */
  plants: readonly Mutation[];
}

export const USAGE = `npm run faults -- [options]

  --scenario NAME    the traffic: ${SCENARIO_NAMES.join(', ')} (mixed)
  --faults NAMES     what may go wrong, with commas between; the first ${DRAWN_FAULTS.length} when absent:
                     ${FAULT_NAMES.join(',')}
  --seconds N        how long the traffic lasts (180)
  --seed N           of the plan and of the buyers' choices (random)
  --seeds A..B       these seeds one after the other; also A,B,C
  --plan FILE        plays a plan that was written, instead of drawing one
  --messages N       messages begun a second (150)
  --checkouts N      checkouts begun a second (8)
  --shrink-within N  seconds for making a plan smaller that finds something; 0 for not at all (600)
  --plant IDS        builds mutations of npm run test:mutants into the program: then something must be found`;

/** Reads the command line. @throws Error that says which argument is wrong */
export const readOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: {
      scenario: { type: 'string' },
      faults: { type: 'string' },
      seconds: { type: 'string' },
      seed: { type: 'string' },
      seeds: { type: 'string' },
      plan: { type: 'string' },
      messages: { type: 'string', default: '150' },
      checkouts: { type: 'string', default: '8' },
      'shrink-within': { type: 'string', default: '600' },
      plant: { type: 'string' },
    },
  });
  return {
    plans: plansOf(values),
    rates: {
      messages: wholeOf('--messages', values.messages, 1),
      checkouts: wholeOf('--checkouts', values.checkouts, 1),
    },
    shrinkWithin: wholeOf('--shrink-within', values['shrink-within']),
    plants: values.plant === undefined ? [] : plantsOf(values.plant.split(',')),
  };
};

interface PlanValues {
  scenario?: string;
  faults?: string;
  seconds?: string;
  seed?: string;
  seeds?: string;
  plan?: string;
}

const plansOf = (values: PlanValues): Options['plans'] => {
  const { plan, ...drawn } = values;
  if (plan !== undefined) {
    const other = (['scenario', 'faults', 'seconds', 'seed', 'seeds'] as const).find(
      (name) => drawn[name] !== undefined,
    );
    if (other !== undefined) throw new Error(`--plan says everything, so --${other} may not be given beside it`);
    return [readPlan(plan)];
  }
  if (drawn.seed !== undefined && drawn.seeds !== undefined) throw new Error('--seed and --seeds exclude each other');
  const faults = drawn.faults === undefined ? DRAWN_FAULTS : [...new Set(drawn.faults.split(',').map(faultOf))];
  const seconds = wholeOf('--seconds', drawn.seconds ?? '180', 1);
  const scenario = oneOf('--scenario', SCENARIO_NAMES, drawn.scenario ?? 'mixed');
  const [first, ...others] = seedsOf(drawn);
  const draw = (seed: number): Plan => drawPlan({ seed, scenario, faults, seconds, shape: SHAPE });
  return [draw(first), ...others.map(draw)];
};

const readPlan = (file: string): Plan => {
  try {
    return parsePlan(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`--plan ${file}: ${error instanceof Error ? error.message : error}`);
  }
};

/** A range of more is a slip of the finger. */
const MAX_SEEDS = 1_000;

const seedsOf = ({ seed, seeds }: Pick<PlanValues, 'seed' | 'seeds'>): [number, ...number[]] => {
  if (seeds === undefined) return [wholeOf('--seed', seed ?? String(Math.floor(Math.random() * 1_000_000)))];
  const range = /^(\d+)\.\.(\d+)$/.exec(seeds);
  if (!range) {
    const [first = '', ...others] = seeds.split(',');
    return [wholeOf('--seeds', first), ...others.map((each) => wholeOf('--seeds', each))];
  }
  const [from, to] = [Number(range[1]), Number(range[2])];
  if (to < from || to - from >= MAX_SEEDS) throw new Error(`--seeds ${seeds} must go up, by less than ${MAX_SEEDS}`);
  return [from, ...Array.from({ length: to - from }, (_, place) => from + 1 + place)];
};

const faultOf = (given: string): FaultName => oneOf('--faults', FAULT_NAMES, given);

const oneOf = <Name extends string>(option: string, names: readonly Name[], given: string): Name => {
  const found = names.find((name) => name === given);
  if (found === undefined) throw new Error(`${option}: "${given}" is none of ${names.join(', ')}`);
  return found;
};

const wholeOf = (option: string, given: string, least = 0): number => {
  const number = given.trim() === '' ? Number.NaN : Number(given);
  if (Number.isInteger(number) && number >= least) return number;
  throw new Error(`${option} takes whole numbers from ${least}, not "${given}"`);
};
