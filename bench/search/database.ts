import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../src/platform/db/migrate.ts';
import { startPostgres } from '../../src/platform/embedded/postgres.ts';
import { loadBulk } from '../../src/seed/bulk/load.ts';
import type { SearchOptions } from './options.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** One post for so many events, one person for ten: enough for theirs not to be small tables. */
const EVENTS_PER_POST = 5;
const EVENTS_PER_PERSON = 10;

/** Losing a benchmark's data is no loss; memory is what a small server would give to it. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', shared_buffers: '1GB', max_wal_size: '4GB' };

/** A PostgreSQL of its own, filled as `npm run db:seed -- --events … --messages …` does it. */
export async function openFilledDatabase({ events, messages, folder }: SearchOptions) {
  const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'rally-bench-search-')));
  const postgres = await startPostgres({ dataDir, settings: SETTINGS, onProgress: (line) => console.log(line) });
  const stop = async (): Promise<void> => {
    await postgres.stop();
    if (folder === null) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate({ databaseUrl: postgres.url, migrationsDir: MIGRATIONS });
    const people = Math.max(Math.ceil(events / EVENTS_PER_PERSON), 100);
    const amounts = { events, messages, people, posts: Math.ceil(events / EVENTS_PER_POST) };
    await loadBulk({ databaseUrl: postgres.url, amounts, now: new Date(), output: process.stdout });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: postgres.url, stop };
}
