import { z } from 'zod';
import { job } from '../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../kernel/domain.ts';
import type { RetentionRule, Upkeep } from '../../kernel/upkeep.ts';
import { inBatches } from '../../platform/upkeep/in-batches.ts';
import { nothingRefersTo } from '../../platform/upkeep/references.ts';
import { applyRetention } from '../../platform/upkeep/retention.ts';
import type { UpkeepPlatform } from './upkeep-platform.ts';

/** Of each rule in one turn. */
const BOUNDS = { batch: 1_000, forMs: 5_000 };

const retain = job({
  name: 'upkeep.retain',
  summary: 'Deletes what was kept long enough, and for good what people deleted a month ago',
  payload: z.object({}),
  everyMs: 60 * 60_000,
});

/** How long something that people deleted can still be brought back. */
const PURGE_AFTER_DAYS = 30;

type Rules = Pick<Required<Upkeep>, 'retention' | 'purged' | 'emptied'>;

/** A rule that fails is told and leaves the others standing. */
export const retentionJob = (platform: UpkeepPlatform, rules: Rules): JobHandler =>
  jobHandler({
    contract: retain,
    run: async () => {
      for (const rule of rules.retention) await apply(platform, rule);
      for (const rule of await purgeRules(platform, rules)) await apply(platform, rule);
    },
  });

/** Rows that have to stay are emptied first; what nothing refers to then goes. */
const purgeRules = async (
  { database }: Pick<UpkeepPlatform, 'database'>,
  { purged, emptied }: Rules,
): Promise<RetentionRule[]> => {
  const rules: RetentionRule[] = [];
  for (const table of purged) {
    const common = { table, keepDays: PURGE_AFTER_DAYS };
    const empty = emptied[table];
    if (empty !== undefined) {
      const where = `kept.deleted_at < $1 AND NOT (kept.${empty})`;
      rules.push({ ...common, name: `${table} emptied`, where, empty });
    }
    const where = `kept.deleted_at < $1 AND ${await nothingRefersTo(database, table)}`;
    rules.push({ ...common, name: `${table} deleted for good`, where });
  }
  return rules;
};

const apply = async ({ database, clock, log, metrics }: UpkeepPlatform, rule: RetentionRule): Promise<void> => {
  const { name, table } = rule;
  try {
    const count = await inBatches((limit) => applyRetention(database, rule, { now: clock.now(), limit }), BOUNDS);
    if (count === 0) return;
    metrics.upkeepRows.inc({ job: retain.name, table }, count);
    log.info({ rule: name, table, count }, 'kept long enough');
  } catch (error) {
    log.error({ rule: name, table, err: error }, 'what was kept long enough could not be deleted');
  }
};
