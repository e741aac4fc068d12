import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { urlOf, whole } from './option-values.ts';
import { fileFor } from './rally/account-file.ts';

/** What `npm run load:accounts` is asked to do. */
type Task = { kind: 'make'; count: number } | { kind: 'list' } | { kind: 'remove' };

export interface AccountOptions {
  task: Task;
  url: string;
  /** Of the administrator. */
  email: string;
  /** Set for the demo world's administrator, whose password lies on this machine. */
  demoPassword: string | undefined;
  /** Where the sessions are kept. */
  file: string;
}

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
const MAX_COUNT = 100_000;

export const ACCOUNTS_USAGE = `npm run load:accounts -- --count N | --list | --remove [options]

  --count N        has N test accounts with a session each in the file; makes those that are missing
  --list           says how many test accounts there are
  --remove         removes all of them with what they made, and the file
  --url U          the server (http://localhost:3000)
  --email E        an ADMIN (on this machine: the one of npm start); the password comes from RALLY_PASSWORD, or is asked for
  --file F         where their sessions are kept (.cache/load-accounts/<host>.json)`;

/** Reads the command line. @throws Error that says which argument is wrong */
export const readAccountOptions = (args: string[]): AccountOptions => {
  const { values } = parseArgs({
    args,
    options: {
      count: { type: 'string' },
      list: { type: 'boolean', default: false },
      remove: { type: 'boolean', default: false },
      url: { type: 'string', default: 'http://localhost:3000' },
      email: { type: 'string' },
      file: { type: 'string' },
    },
  });
  const url = urlOf(values.url);
  const demo = values.email === undefined && LOCAL.has(new URL(url).hostname) ? readDemoAdmin() : null;
  const email = values.email ?? demo?.email;
  if (email === undefined) throw new Error('--email: name an ADMIN of the server');
  return {
    task: taskOf(values),
    url,
    email,
    demoPassword: demo?.password,
    file: values.file ?? fileFor(url),
  };
};

/** What `npm start` left in its data folder; null when it did not. */
const readDemoAdmin = (): { email: string; password: string } | null => {
  try {
    const text = readFileSync(join(process.env.RALLY_DATA_DIR ?? '.rally', 'demo-admin.json'), 'utf8');
    // Written by the seed, for its owner alone.
    return JSON.parse(text) as { email: string; password: string };
  } catch {
    return null;
  }
};

const taskOf = ({ count, list, remove }: { count?: string | undefined; list: boolean; remove: boolean }): Task => {
  const asked = [count !== undefined, list, remove].filter(Boolean).length;
  if (asked !== 1) throw new Error('Say one of --count N, --list and --remove');
  if (count !== undefined) return { kind: 'make', count: whole('--count', count, { least: 1, most: MAX_COUNT }) };
  return { kind: list ? 'list' : 'remove' };
};
