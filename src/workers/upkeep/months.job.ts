import { z } from 'zod';
import { job } from '../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../kernel/domain.ts';
import { archiveAuditMonth, dropMonth, isCovered, MONTHLY, makeMonths, monthsAhead, monthsBefore } from './months.ts';
import type { UpkeepPlatform } from './upkeep-platform.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A job that does not run for weeks is noticed before a month lacks. */
const MONTHS_AHEAD = 3;
/** Logs of which whole months are deleted. Scans are kept: reviews, points and rewards refer to them. */
const KEEP_DAYS = { login_history: 365, activity_logs: 400 } as const;
const AUDIT_KEEP_DAYS = 2 * 365;

const keepMonths = job({
  name: 'upkeep.keepMonths',
  summary: 'Makes months ahead for the logs that are cut by month, deletes old ones, and archives those of the audit',
  payload: z.object({}),
  everyMs: 6 * 60 * 60_000,
});

export const monthsJob = (platform: UpkeepPlatform): JobHandler =>
  jobHandler({
    contract: keepMonths,
    run: async () => {
      const attempts = [
        ...MONTHLY.map((table) => () => prepare(platform, table)),
        () => dropOld(platform, 'login_history'),
        () => dropOld(platform, 'activity_logs'),
        () => archiveAudit(platform),
      ];
      for (const attempt of attempts) {
        // A lock that others hold: the next turn tries again.
        await attempt().catch((error: unknown) => platform.log.error({ err: error }, 'a month could not be kept'));
      }
    },
  });

/** A row whose month lacks is not lost, it goes into the default partition; but from there it is hard to move. */
const prepare = async ({ database, clock, log, metrics }: UpkeepPlatform, table: (typeof MONTHLY)[number]) => {
  try {
    const made = await makeMonths(database, table, MONTHS_AHEAD);
    if (made > 0) log.info({ table, made }, 'months made ahead');
  } finally {
    const ahead = await monthsAhead(database, table, clock.now());
    metrics.monthsAhead.set({ table }, ahead);
    if (ahead < 1) log.error({ table, ahead }, 'the next month has no partition');
  }
};

const dropOld = async ({ database, clock, log }: UpkeepPlatform, table: keyof typeof KEEP_DAYS): Promise<void> => {
  const before = new Date(clock.now().getTime() - KEEP_DAYS[table] * DAY_MS);
  for (const part of await monthsBefore(database, table, before)) {
    await dropMonth(database, part);
    log.info({ table, part }, 'a month was kept long enough');
  }
};

/** A cut in the chain can only be proved right by a signed checkpoint after it: a month without stays. */
const archiveAudit = async ({ database, clock, log }: UpkeepPlatform): Promise<void> => {
  const before = new Date(clock.now().getTime() - AUDIT_KEEP_DAYS * DAY_MS);
  for (const part of await monthsBefore(database, 'audit_logs', before)) {
    if (!(await isCovered(database, part))) {
      log.warn({ part }, 'a month of the audit stays: no checkpoint covers it');
      continue;
    }
    await archiveAuditMonth(database, part);
    log.info({ part }, 'a month of the audit was archived');
  }
};
