import { parseArgs } from 'node:util';
import { FAULT_NAMES, type FaultName } from './fault-names.ts';

/** What one run does. Times are in seconds. */
export interface Options {
  faults: readonly FaultName[];
  /** Traffic before the first fault, between two, and after the last. */
  seconds: number;
  /** How long a fault lasts that has a length. */
  hold: number;
  /** How long PostgreSQL is away in `postgres-away`. */
  away: number;
  /** Messages begun a second. */
  messages: number;
  /** Checkouts begun a second. */
  checkouts: number;
  seed: number;
}

export const USAGE = `npm run faults -- [options]

  --faults NAMES     in this order, with commas between; all of them in an order of the seed when absent:
                     ${FAULT_NAMES.join(',')}
  --seconds N        traffic before, between and after faults (20)
  --hold N           seconds that a fault lasts (20)
  --away N           seconds that PostgreSQL is away (300)
  --messages N       messages a second (500)
  --checkouts N      checkouts a second (50)
  --seed N           of the order, the buyers' plans and their moments (random)`;

/** Reads the command line. @throws Error that says which argument is wrong */
export const readOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: {
      faults: { type: 'string' },
      seconds: { type: 'string', default: '20' },
      hold: { type: 'string', default: '20' },
      away: { type: 'string', default: '300' },
      messages: { type: 'string', default: '500' },
      checkouts: { type: 'string', default: '50' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    },
  });
  return {
    faults: values.faults === undefined ? [] : values.faults.split(',').map(faultOf),
    seconds: wholeOf('--seconds', values.seconds),
    hold: wholeOf('--hold', values.hold),
    away: wholeOf('--away', values.away),
    messages: wholeOf('--messages', values.messages),
    checkouts: wholeOf('--checkouts', values.checkouts),
    seed: wholeOf('--seed', values.seed),
  };
};

const faultOf = (given: string): FaultName => {
  const found = FAULT_NAMES.find((name) => name === given);
  if (found === undefined) throw new Error(`"${given}" is none of ${FAULT_NAMES.join(', ')}`);
  return found;
};

const wholeOf = (option: string, given: string): number => {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 0) throw new Error(`${option} takes whole numbers, not "${given}"`);
  return number;
};
