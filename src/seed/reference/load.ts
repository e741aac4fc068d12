import type { Database } from '../../platform/db/client.ts';
import { readOffered, writeOffered } from '../offered.ts';
import { REFERENCE_TABLES } from './tables.ts';

/** Any number that no other program of ours locks. */
const LOCK_KEY = 72_657_002;

/**
 * Loads what every installation needs to begin with, in one transaction. Each row is offered once: changed and deleted
 * ones stay as operators left them, rows of a newer version are added.
 * @returns how many rows were offered for the first time
 */
export const loadReference = (database: Database): Promise<number> =>
  database.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK_KEY})`;
      const offered = await readOffered(tx);
      const before = offered.size;
      for (const { name, rows, keyOf, insert } of REFERENCE_TABLES) {
        const all = await rows(tx);
        const fresh = all.filter((row) => !offered.has(`${name}:${keyOf(row)}`));
        if (fresh.length === 0) continue;
        await insert(tx, fresh);
        for (const row of fresh) offered.add(`${name}:${keyOf(row)}`);
      }
      if (offered.size > before) await writeOffered(tx, offered);
      return offered.size - before;
    },
    { timeout: 30_000 },
  );
