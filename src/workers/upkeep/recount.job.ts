import { createHash } from 'node:crypto';
import { z } from 'zod';
import { job } from '../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../kernel/domain.ts';
import type { Recount } from '../../kernel/upkeep.ts';
import { newId } from '../../platform/ids.ts';
import { continuePass, type PassStep } from '../../platform/upkeep/pass.ts';
import { addMissing, compare, type Difference, repair } from '../../platform/upkeep/recount.ts';
import type { UpkeepPlatform } from './upkeep-platform.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const TURN_MS = 30_000;
/** Rows compared in one statement. */
const BATCH = 500;

const recount = job({
  name: 'upkeep.recount',
  summary: 'Compares every kept count, sum and balance with its source once a day; repairs and reports what differs',
  payload: z.object({}),
  everyMs: 5 * MINUTE_MS,
});

/** Where a pass is: in which entry of the list, after which key. */
interface Place {
  at: number;
  after: string[] | null;
}

/** Goes through the list for half a minute at most; the next turn goes on from there. */
export const recountJob = (platform: UpkeepPlatform, list: readonly Recount[]): JobHandler =>
  jobHandler({
    contract: recount,
    run: async () => {
      const step = (place: Place) => recountStep(platform, list, place);
      const pass = { name: recount.name, everyMs: DAY_MS, first: { at: 0, after: null }, step };
      await continuePass(platform, pass, TURN_MS);
    },
  });

/** Compares one batch. @returns its differences, and where to go on */
export const recountStep = async (
  platform: UpkeepPlatform,
  list: readonly Recount[],
  { at, after }: Place,
): Promise<PassStep<Place>> => {
  const entry = list[at];
  if (!entry) return { next: null, looked: 0, findings: [] };
  const { database, metrics } = platform;
  if (after === null) await addMissing(database, entry, BATCH);
  const { last, looked, different } = await compare(database, entry, { after, limit: BATCH });
  const keys = different.map(({ key }) => key);
  const repaired = new Set(entry.isRepaired === false ? [] : await repairAll(platform, entry, keys));
  const findings = different.map((found): Difference => {
    return { table: entry.table, ...found, isRepaired: repaired.has(found.key.join()) };
  });
  metrics.upkeepRows.inc({ job: recount.name, table: entry.table }, looked);
  if (findings.length > 0) await report(platform, entry, findings);
  const next = last === null ? { at: at + 1, after: null } : { at, after: last };
  return { next: last === null && at + 1 >= list.length ? null : next, looked, findings };
};

/** Together, or else one by one: a row that a rule of the database refuses must not keep the others wrong. */
const repairAll = async ({ database, log }: UpkeepPlatform, entry: Recount, keys: string[][]): Promise<string[]> => {
  if (keys.length === 0) return [];
  try {
    return (await repair(database, entry, keys)).map(String);
  } catch (error) {
    log.error({ table: entry.table, keys: keys.slice(0, 5), err: error }, 'kept values could not be repaired together');
  }
  const repaired: string[] = [];
  for (const key of keys) repaired.push(...(await repair(database, entry, [key]).catch(() => [])).map(String));
  return repaired;
};

/** A line in the log, a count for the alert, and a row that stays until somebody has looked into it. */
const report = async (
  { database, log, metrics, clock }: UpkeepPlatform,
  { table }: Recount,
  findings: Difference[],
): Promise<void> => {
  log.error(
    { table, count: findings.length, findings: findings.slice(0, 5) },
    'kept values differed from their source',
  );
  const repaired = findings.filter(({ isRepaired }) => isRepaired).length;
  metrics.recountDifferences.inc({ table, outcome: 'repaired' }, repaired);
  metrics.recountDifferences.inc({ table, outcome: 'left' }, findings.length - repaired);
  const name = `recount of ${table}`;
  const now = clock.now();
  const fingerprint = createHash('sha256').update(name).digest('hex');
  await database.$executeRaw`
    INSERT INTO error_logs AS known (id, fingerprint, source, name, message, occurrences, first_seen_at, last_seen_at)
    VALUES (${newId()}::uuid, ${fingerprint}, 'WORKER', ${name}, ${JSON.stringify(findings[0])}, ${findings.length}, ${now}, ${now})
    ON CONFLICT (fingerprint) DO UPDATE SET
      message = excluded.message, occurrences = known.occurrences + excluded.occurrences,
      last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at), resolved_at = NULL`;
};
