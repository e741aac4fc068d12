import { z } from 'zod';
import { job } from '../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../kernel/domain.ts';
import type { Database } from '../../platform/db/client.ts';
import { archiveColumns } from '../../platform/upkeep/archive-columns.ts';
import { inBatches } from '../../platform/upkeep/in-batches.ts';
import type { UpkeepPlatform } from './upkeep-platform.ts';

const DAY_MS = 24 * 60 * 60_000;
const KEEP_DAYS = 90;
const BOUNDS = { batch: 1_000, forMs: 30_000 };

const archive = job({
  name: 'upkeep.archiveNotifications',
  summary: 'Moves notifications of three months ago, with their deliveries, into the archive',
  payload: z.object({}),
  everyMs: 60 * 60_000,
});

export const archiveNotificationsJob = ({ database, clock, log, metrics }: UpkeepPlatform): JobHandler =>
  jobHandler({
    contract: archive,
    run: async () => {
      const before = new Date(clock.now().getTime() - KEEP_DAYS * DAY_MS);
      const count = await inBatches((limit) => archiveNotifications(database, before, limit), BOUNDS);
      metrics.upkeepRows.inc({ job: archive.name, table: 'notifications' }, count);
      if (count > 0) log.info({ count }, 'notifications archived');
    },
  });

/** Moves up to `limit`, in one statement. What is to be sent later is as old as the time it is for. @returns how many */
export const archiveNotifications = async (database: Database, before: Date, limit: number): Promise<number> => {
  const columns = await archiveColumns(database, 'notifications');
  const deliveryColumns = await archiveColumns(database, 'notification_deliveries');
  const [row] = await database.$queryRawUnsafe<{ count: number }[]>(
    `WITH old AS (
       SELECT id FROM notifications WHERE created_at < $1 AND coalesce(not_before, created_at) < $1
       ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ), deliveries AS (
       DELETE FROM notification_deliveries AS live USING old WHERE live.notification_id = old.id RETURNING live.*
     ), gone AS (
       DELETE FROM notifications AS live USING old WHERE live.id = old.id RETURNING live.*
     ), moved AS (
       INSERT INTO archive.notifications (${columns}) SELECT ${columns} FROM gone
     ), moved_deliveries AS (
       INSERT INTO archive.notification_deliveries (${deliveryColumns}) SELECT ${deliveryColumns} FROM deliveries
     )
     SELECT count(*)::int AS count FROM gone`,
    before,
    limit,
  );
  return row?.count ?? 0;
};
