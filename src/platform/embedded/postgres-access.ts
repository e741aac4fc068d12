import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { SetupError } from './setup-error.ts';

/** The only way into a cluster of ours: by password, from this machine (pg_hba.conf(5)). */
const RULES = `# Rally: by password only.
host all all 127.0.0.1/32 scram-sha-256
`;

/** What is needed to let somebody into a cluster that no server runs on. */
export interface AccessRequest {
  readonly cluster: string;
  readonly programs: string;
  readonly account: Account;
  /** Made here or earlier: its name. */
  readonly role: string;
  readonly password: string;
}

/** Whether a cluster lets nobody in without a password; one of an earlier version let in everybody on this machine. */
export const isProtected = (cluster: string): boolean => {
  const file = rulesOf(cluster);
  return existsSync(file) && readFileSync(file, 'utf8') === RULES;
};

/**
 * Makes the role that the server works as, and closes every way in but its password. It may make databases and owns
 * what it makes, trusted extensions too; it may neither run programs nor read files of the machine.
 */
export async function openToNewRole(request: AccessRequest, isSuperuser: boolean): Promise<void> {
  const kind = isSuperuser ? 'SUPERUSER' : 'NOSUPERUSER CREATEDB';
  await decree(request, `CREATE ROLE ${request.role} LOGIN ${kind} PASSWORD '${request.password}'`);
  writeFileSync(rulesOf(request.cluster), RULES);
}

/**
 * Closes a cluster of an earlier version. Its role goes on being the superuser that made it, which PostgreSQL does not
 * let go of, but is asked for a password from now on. May be interrupted and done again.
 */
export async function protectCluster(request: AccessRequest): Promise<void> {
  if (isProtected(request.cluster)) return;
  await decree(request, `ALTER ROLE ${request.role} PASSWORD '${request.password}'`);
  writeFileSync(rulesOf(request.cluster), RULES);
}

const rulesOf = (cluster: string): string => join(cluster, 'pg_hba.conf');

/** Runs one statement by the single-user server, which asks nobody for a password. @throws SetupError */
async function decree({ cluster, programs, account }: AccessRequest, statement: string): Promise<void> {
  const [program = '', ...rest] = [...account.prefix, join(programs, 'postgres'), '--single', '-D', cluster];
  const child = spawn(program, [...rest, '-c', 'exit_on_error=on', 'postgres'], {
    ...{ cwd: '/', env: { ...process.env, LC_ALL: 'C' }, stdio: ['pipe', 'ignore', 'pipe'] },
    ...account.identity,
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-2_000);
  });
  // A program that ends before it has read says why in its own words.
  child.stdin?.on('error', () => {});
  child.stdin?.end(`${statement}\n`);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0 || /\b(ERROR|FATAL|PANIC):/.test(complaints)) {
    throw new SetupError(`The access to ${cluster} could not be set up: ${complaints.trim()}`);
  }
}
