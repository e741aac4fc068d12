import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { inject } from 'vitest';

const REDIS_DATABASES = 256;
const BUSY_TEMPLATE = '55006';
const CLONE_TIMEOUT_MS = 10_000;

/**
 * A migrated, empty database of its own, cloned from the template in some tens of milliseconds.
 * @returns its URL; the run's end drops it
 */
export async function freshDatabase(): Promise<string> {
  const template = new URL(inject('templateDatabaseUrl'));
  const name = `test_${randomBytes(6).toString('hex')}`;
  await cloneTemplate(template, name);
  return withPath(template, name);
}

/**
 * An empty Redis database that no other test uses.
 *
 * Its server is shared by test files that run one after the other, never at the same time, so channels are private too.
 * @returns its URL, with the index of the database
 */
export async function freshRedis(): Promise<string> {
  const urls = inject('redisUrls');
  const server = urls[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % urls.length];
  if (server === undefined) throw new Error('This run has no Redis');
  const client = new Redis(server);
  try {
    // Index 0 only counts.
    const index = 1 + ((await client.incr('databases-given')) % (REDIS_DATABASES - 1));
    await client.select(index);
    await client.flushdb();
    return `${server}/${index}`;
  } finally {
    client.disconnect();
  }
}

/**
 * Makes a database read-only for all sessions but those that begin by saying otherwise, as a standby is that was taken for
 * the primary; running sessions are ended.
 * @returns what lets it be written again
 */
export async function refuseWrites(url: string): Promise<() => Promise<void>> {
  const alter = async (change: string): Promise<void> => {
    const admin = new pg.Client({ connectionString: url, options: '-c default_transaction_read_only=off' });
    await admin.connect();
    const name = new URL(url).pathname.slice(1);
    await admin.query(`ALTER DATABASE "${name}" ${change}`);
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()`,
      [name],
    );
    await admin.end();
  };
  await alter('SET default_transaction_read_only = on');
  return () => alter('RESET default_transaction_read_only');
}

async function cloneTemplate(template: URL, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: withPath(template, 'postgres') });
  await admin.connect();
  const source = template.pathname.slice(1);
  const deadline = performance.now() + CLONE_TIMEOUT_MS;
  try {
    for (;;) {
      try {
        // By files: what is written to the log instead takes four times as long for a template of a thousand small tables.
        await admin.query(`CREATE DATABASE ${name} TEMPLATE ${source} STRATEGY FILE_COPY`);
        return;
      } catch (error) {
        // Another clone is being taken at this moment, or the session that migrated has not quite gone.
        if ((error as { code?: string }).code !== BUSY_TEMPLATE || performance.now() > deadline) throw error;
        await sleep(50);
      }
    }
  } finally {
    await admin.end();
  }
}

function withPath(url: URL, name: string): string {
  const copy = new URL(url);
  copy.pathname = `/${name}`;
  return copy.href;
}
