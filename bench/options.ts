import { parseArgs } from 'node:util';
import type { TargetName } from './targets/target.ts';

const WORKLOADS = ['fanout', 'rooms', 'connect', 'booking'] as const;
const SERVERS: TargetName[] = ['rally', 'bare', 'bare-insert'];

/** Offered deliveries per second, climbed from left to right until a server no longer keeps up. */
const LADDER = [5_000, 10_000, 20_000, 40_000, 60_000, 80_000, 120_000, 200_000, 300_000, 400_000];

/** The name of a workload, as given on the command line. */
export type Workload = (typeof WORKLOADS)[number];

/** What to run. */
export interface Options {
  workloads: Workload[];
  servers: TargetName[];
  rounds: number;
  /** How long each rung of `fanout` and each run of `rooms` lasts. */
  seconds: number;
  /** Offered deliveries per second of `fanout`. */
  ladder: number[];
}

export const USAGE = `npm run bench -- [${WORKLOADS.join('] [')}] [options]

  --rounds N       rounds, each server once per round (3)
  --seconds N      length of one rung or run (5)
  --only NAMES     only these servers, of ${SERVERS.join(', ')}
  --ladder RATES   offered deliveries per second of fanout (${LADDER.join(',')})`;

/** Reads the command line. @throws Error that says which argument is wrong */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
      only: { type: 'string' },
      ladder: { type: 'string', default: LADDER.join(',') },
    },
  });
  return {
    workloads: positionals.length === 0 ? [...WORKLOADS] : positionals.map((name) => oneOf(WORKLOADS, name)),
    servers: values.only === undefined ? SERVERS : values.only.split(',').map((name) => oneOf(SERVERS, name)),
    rounds: positive('--rounds', values.rounds),
    seconds: positive('--seconds', values.seconds),
    ladder: values.ladder.split(',').map((rate) => positive('--ladder', rate)),
  };
}

function oneOf<Name extends string>(names: readonly Name[], given: string): Name {
  const found = names.find((name) => name === given);
  if (found === undefined) throw new Error(`"${given}" is none of ${names.join(', ')}`);
  return found;
}

function positive(option: string, given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number <= 0)
    throw new Error(`${option} takes positive whole numbers, not "${given}"`);
  return number;
}
