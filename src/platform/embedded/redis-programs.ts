import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { OnProgress } from './bring-up.ts';
import { projectPath } from './project-paths.ts';
import { SetupError } from './setup-error.ts';

const run = promisify(execFile);
const PROGRAM_NAMES = ['redis-server', 'valkey-server'];
const OLDEST_MAJOR = 7;
const STILL_FETCHING_MS = 5_000;
const ADVICE = `install redis-server or valkey-server ${OLDEST_MAJOR} or newer, or set REDIS_URL to a server`;

/** A server program and what its environment must hold. */
export interface RedisProgram {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Where to keep what is fetched. */
export interface RedisSearch {
  readonly cacheDir?: string;
  readonly onProgress: OnProgress;
}

/**
 * A Redis or Valkey on the PATH, else one fetched from the Debian archive into the cache folder, without root.
 * @throws SetupError saying what to install or to set
 */
export async function findRedis({
  cacheDir = projectPath('.cache/redis'),
  onProgress,
}: RedisSearch): Promise<RedisProgram> {
  for (const program of programsOnPath()) {
    if (await isUsable({ program, environment: {} })) return { program, environment: {} };
  }
  if (existsSync(cacheDir)) {
    const cached = fetchedProgram(cacheDir);
    if (await isUsable(cached)) return cached;
    throw new SetupError(
      `The Redis in ${cacheDir} does not run here: remove that folder to fetch it again, or ${ADVICE}`,
    );
  }
  await fetchInto(cacheDir, onProgress);
  const fetched = fetchedProgram(cacheDir);
  if (await isUsable(fetched)) return fetched;
  throw new SetupError(`The Redis of this system's package sources does not run or is too old: ${ADVICE}`);
}

function programsOnPath(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const paths = PROGRAM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.filter((path) => existsSync(path));
}

async function isUsable({ program, environment }: RedisProgram): Promise<boolean> {
  try {
    const { stdout } = await run(program, ['--version'], { env: { ...process.env, ...environment } });
    return Number(/ v=(\d+)/.exec(stdout)?.[1]) >= OLDEST_MAJOR;
  } catch {
    return false;
  }
}

function fetchedProgram(cacheDir: string): RedisProgram {
  const libraries = ['lib', 'usr/lib'].map((folder) => join(cacheDir, folder)).filter((folder) => existsSync(folder));
  const folders = libraries.flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)));
  return { program: join(cacheDir, 'usr/bin/redis-server'), environment: { LD_LIBRARY_PATH: folders.join(':') } };
}

async function fetchInto(cacheDir: string, onProgress: OnProgress): Promise<void> {
  const tools = ['/usr/bin/apt-get', '/usr/bin/dpkg-deb'];
  if (!tools.every((tool) => existsSync(tool))) throw new SetupError(`No Redis found: ${ADVICE}`);
  onProgress(`fetching Redis from this system's package sources into ${cacheDir} (once, up to a minute)`);
  const beganAt = performance.now();
  const heartbeat = setInterval(() => {
    onProgress(`still fetching Redis, ${Math.round((performance.now() - beganAt) / 1000)} s`);
  }, STILL_FETCHING_MS);
  try {
    await runFetchScript(cacheDir, onProgress);
  } finally {
    clearInterval(heartbeat);
  }
}

async function runFetchScript(cacheDir: string, onProgress: OnProgress): Promise<void> {
  const script = projectPath('scripts/fetch-redis.sh');
  const child = spawn('sh', [script, cacheDir], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-1_000);
  });
  createInterface(child.stdout).on('line', (line) => onProgress(line));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new SetupError(`Redis could not be fetched (${complaints.trim()}): ${ADVICE}`);
}
