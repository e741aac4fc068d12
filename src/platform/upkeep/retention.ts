import type { RetentionRule } from '../../kernel/upkeep.ts';
import type { Database } from '../db/client.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Deletes, or empties, up to `limit` rows of one rule. Rows that somebody works on are left to the next turn.
 * @returns how many
 */
export const applyRetention = async (
  database: Pick<Database, '$executeRawUnsafe'>,
  rule: RetentionRule,
  { now, limit }: { now: Date; limit: number },
): Promise<number> => {
  const { table, where, keepDays, empty } = rule;
  const picked = `ARRAY(SELECT kept.ctid FROM ${table} AS kept WHERE ${where} LIMIT $2 FOR UPDATE SKIP LOCKED)`;
  const change = empty === undefined ? `DELETE FROM ${table}` : `UPDATE ${table} SET ${empty}`;
  const before = new Date(now.getTime() - keepDays * DAY_MS);
  return database.$executeRawUnsafe(`${change} WHERE ctid = ANY (${picked})`, before, limit);
};
