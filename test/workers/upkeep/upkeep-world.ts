import pg from 'pg';
import type { Clock } from '../../../src/platform/clock.ts';
import { type Database, openDatabase } from '../../../src/platform/db/client.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createMetrics } from '../../../src/platform/metrics.ts';
import type { UpkeepPlatform } from '../../../src/workers/upkeep/upkeep-platform.ts';
import { freshDatabase } from '../../support/databases.ts';

export const DAY_MS = 24 * 60 * 60 * 1_000;

/** What upkeep stands on, over a database of its own, with a clock that a test moves. */
export interface UpkeepWorld extends UpkeepPlatform {
  url: string;
  database: Database;
  sql: pg.Client;
  clock: Clock;
  pass: (ms: number) => void;
  rows: <T = Record<string, unknown>>(query: string) => Promise<T[]>;
  close: () => Promise<void>;
}

export const openUpkeepWorld = async (): Promise<UpkeepWorld> => {
  const url = await freshDatabase();
  const database = openDatabase(url, 8);
  const sql = new pg.Client({ connectionString: url });
  await sql.connect();
  let shiftMs = 0;
  return {
    url,
    database,
    sql,
    clock: { now: () => new Date(Date.now() + shiftMs) },
    log: createLog('silent'),
    metrics: createMetrics(),
    pass: (ms) => {
      shiftMs += ms;
    },
    rows: async <T>(query: string) => (await sql.query(query)).rows as T[],
    close: async () => {
      await sql.end();
      await database.$disconnect();
    },
  };
};
