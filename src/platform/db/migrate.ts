import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { connectCreating } from './create-database.ts';

/** Where to migrate, and by which files. */
export interface MigrateRequest {
  /** Its database is created if it does not exist. */
  readonly databaseUrl: string;
  /** A folder with one folder a migration, applied in the order of their names, each holding a `migration.sql`. */
  readonly migrationsDir: string;
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, in hex. */
  readonly checksum: string;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** The advisory lock that Prisma's own engine takes, so that neither runs while the other does. */
const LOCK_KEY = 72_707_369;

/** As Prisma's engine creates it; `prisma migrate status` and `deploy` read and continue what is recorded here. */
const RECORD_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

/**
 * Applies the migrations that are missing. Of several callers at once one works, the others wait and find it done.
 *
 * Each migration and its record are one transaction: one that fails, or is killed, leaves nothing and may be tried
 * again. Statements that refuse a transaction, such as CREATE INDEX CONCURRENTLY, are therefore refused here.
 * @returns the names of those applied by this call
 * @throws Error naming the migration that failed, that was edited after it had been applied, or that another tool left
 *   unfinished
 */
export async function migrate({ databaseUrl, migrationsDir }: MigrateRequest): Promise<string[]> {
  const migrations = await readMigrations(migrationsDir);
  const client = await connectCreating(databaseUrl);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    await client.query(RECORD_TABLE);
    const missing = await findMissing(client, migrations);
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end(); // the lock goes with the session
  }
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(dir, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function findMissing(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<AppliedRow>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  const recorded = new Map(rows.map((row) => [row.migration_name, row]));
  return migrations.filter(({ name, checksum }) => {
    const row = recorded.get(name);
    if (!row) return true;
    if (!row.finished_at)
      throw new Error(`Migration ${name} was left unfinished: resolve it with prisma migrate resolve`);
    if (row.checksum !== checksum) throw new Error(`Migration ${name} was edited after it had been applied`);
    return false;
  });
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // a lost connection has rolled back by itself
    throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
