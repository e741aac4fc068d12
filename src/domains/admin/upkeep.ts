import type { Upkeep } from '../../kernel/upkeep.ts';

/** Keeps what the platform says to all, and what it delivered and saw. */
export const adminUpkeep: Upkeep = {
  purged: ['announcements'],
  retention: [
    {
      name: 'webhook deliveries',
      table: 'webhook_deliveries',
      keepDays: 30,
      where: `kept.status <> 'PENDING' AND kept.created_at < $1`,
    },
    { name: 'visits of no month', table: 'activity_logs_default', keepDays: 400, where: 'kept.created_at < $1' },
  ],
};
