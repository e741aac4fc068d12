import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopPostgres } from '../../src/platform/embedded/postgres.ts';
import { processIdentity } from '../../src/platform/embedded/processes.ts';
import { stopRedis } from '../../src/platform/embedded/redis.ts';

/*
 * Everything a test run starts keeps its data in a throw-away folder, one folder a server. That is enough to find and
 * stop all of it, also after the run itself was killed.
 */

const RUN_PREFIX = 'rally-test-';
const OWNER_FILE = 'owner.json';

/** Files in memory, where a system has such a folder. */
const MEMORY_FOLDER = '/dev/shm';
/** Twice what the databases of a whole run may take. */
const ROOM_BYTES = 16 * 2 ** 30;

const homes = (): string[] => [tmpdir(), MEMORY_FOLDER].filter((folder) => existsSync(folder));

/** An empty database is above a thousand files, and on a disk making them is most of what it costs. */
function home(): string {
  if (!existsSync(MEMORY_FOLDER) || freemem() < ROOM_BYTES) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
  return bavail * bsize < ROOM_BYTES ? tmpdir() : MEMORY_FOLDER;
}

const stopByKind = {
  postgres: stopPostgres,
  redis: stopRedis,
  /** A whole data folder, as `npm start` has it. */
  rally: async (folder: string): Promise<void> => {
    await Promise.all([stopPostgres(join(folder, 'postgres')), stopRedis(join(folder, 'redis'))]);
  },
};
type Kind = keyof typeof stopByKind;

/** Makes the folder of this run, marked with the process that owns it. */
export function makeRunFolder(): string {
  const folder = openFolder(join(home(), RUN_PREFIX));
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }));
  return folder;
}

/** A new folder for the data of one server of this run. */
export const makeServerFolder = (runFolder: string, kind: Kind): string => openFolder(join(runFolder, `${kind}-`));

/** Stops every server below the folder and removes it. */
export async function removeRunFolder(folder: string): Promise<void> {
  await Promise.all(
    readdirSync(folder).map(async (name) => {
      const kind = name.split('-')[0] ?? '';
      if (Object.hasOwn(stopByKind, kind)) await stopByKind[kind as Kind](join(folder, name));
    }),
  );
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Removes what killed runs have left behind; runs that still go on are left alone. */
export async function sweepAbandonedRuns(): Promise<void> {
  for (const folder of homes().flatMap(runsIn)) {
    // Another user's may not be removed, and another run may sweep at the same time: neither is our trouble.
    if (isAbandoned(folder)) await removeRunFolder(folder).catch(() => {});
  }
}

const runsIn = (place: string): string[] =>
  readdirSync(place)
    .filter((name) => name.startsWith(RUN_PREFIX))
    .map((name) => join(place, name));

function isAbandoned(folder: string): boolean {
  const file = join(folder, OWNER_FILE);
  if (!existsSync(file)) return false; // being made at this moment
  const owner = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; identity: string };
  return processIdentity(owner.pid) !== owner.identity;
}

/** mkdtemp makes folders only their owner may enter, but under root PostgreSQL runs under another account. */
function openFolder(prefix: string): string {
  const folder = mkdtempSync(prefix);
  chmodSync(folder, 0o755);
  return folder;
}
