import type { Database } from '../../../platform/db/client.ts';
import { archiveColumns } from '../../../platform/upkeep/archive-columns.ts';

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
