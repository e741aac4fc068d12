import { parseArgs } from 'node:util';
import { number, urlOf, whole } from './option-values.ts';
import { fileFor } from './rally/account-file.ts';
import { SCENARIO_NAMES, type ScenarioName } from './scenarios/names.ts';

/** What to run, as the command line says. */
export interface Options {
  scenario: ScenarioName;
  /** Where the server's HTTP calls go, and its sockets unless there are several nodes. */
  url: string;
  /** Where sockets go, in turn. */
  nodes: string[];
  /** What the users' choices come from: the same seed, the same choices. */
  seed: number;
  users: number;
  seconds: number;
  /** Over how long the users come, in seconds. */
  ramp: number;
  /** Mean time between two things that one user does, in seconds. */
  think: number;
  /** Members of a room. */
  room: number;
  /** Expectations as they were written; read by the report. */
  expect: string;
  /** Where the report goes. */
  report: string;
  /** A file that exports an adapter; Rally's own unless given. */
  adapter: string | undefined;
  /** The file of `npm run load:accounts`. */
  accounts: string;
}

/** Users that one process makes at most. */
export const USERS_PER_PROCESS = 5_000;
const MAX_USERS = 100_000;
/** Seconds in a day. */
const MAX_SECONDS = 86_400;

export const USAGE = `npm run load -- --scenario ${SCENARIO_NAMES.join('|')} [options]

  --users N        simulated users (100)
  --seconds S      how long they are active (30)
  --url U          the server (http://localhost:3000); several nodes with commas between them
  --seed N         what the users' choices come from (1)
  --ramp S         over how long they come (a tenth of --seconds, at most 60)
  --think S        mean time between two things that one user does (5)
  --room N         members of a room (10; live-event: all)
  --expect "…"     what must hold, such as "ack.p99<250ms,lost=0"; else the program ends with 1
  --report DIR     where report.html and report.json go (load/results/<time>)
  --accounts FILE  of npm run load:accounts (.cache/load-accounts/<host>.json); users beyond them are registered
  --adapter FILE   speaks to another kind of server than Rally`;

/** Reads the command line. @throws Error that says which argument is wrong */
export const readOptions = (args: string[], now: Date): Options => {
  const { values } = parseArgs({
    args,
    options: {
      scenario: { type: 'string', default: 'chat' },
      url: { type: 'string', default: 'http://localhost:3000' },
      seed: { type: 'string', default: '1' },
      users: { type: 'string', default: '100' },
      seconds: { type: 'string', default: '30' },
      ramp: { type: 'string' },
      think: { type: 'string', default: '5' },
      room: { type: 'string', default: '10' },
      expect: { type: 'string', default: '' },
      report: { type: 'string' },
      adapter: { type: 'string' },
      accounts: { type: 'string' },
    },
  });
  const nodes = values.url.split(',').map((url) => urlOf(url.trim()));
  const url = nodes[0] ?? '';
  const seconds = number('--seconds', values.seconds, { least: 1, most: MAX_SECONDS });
  return {
    scenario: scenarioOf(values.scenario),
    url,
    nodes,
    seed: whole('--seed', values.seed, { least: 0, most: 2 ** 31 }),
    users: whole('--users', values.users, { least: 1, most: MAX_USERS }),
    seconds,
    ramp: number('--ramp', values.ramp ?? String(Math.min(60, seconds / 10)), { least: 0, most: MAX_SECONDS }),
    think: number('--think', values.think, { least: 0.01, most: MAX_SECONDS }),
    room: whole('--room', values.room, { least: 2, most: USERS_PER_PROCESS }),
    expect: values.expect,
    report: values.report ?? `load/results/${now.toISOString().replaceAll(':', '-')}`,
    adapter: values.adapter,
    accounts: values.accounts ?? fileFor(url),
  };
};

const scenarioOf = (given: string): ScenarioName => {
  const found = SCENARIO_NAMES.find((name) => name === given);
  if (found === undefined) throw new Error(`--scenario: "${given}" is none of ${SCENARIO_NAMES.join(', ')}`);
  return found;
};
