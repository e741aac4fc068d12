import type { Upkeep } from '../../kernel/upkeep.ts';

/** Keeps notifications, messages to many, and endpoints. */
export const notificationsUpkeep: Upkeep = {
  purged: ['notifications'],
  retention: [
    { name: 'messages to many', table: 'notification_queue', keepDays: 90, where: 'kept.finished_at < $1' },
    { name: 'endpoints that are gone', table: 'device_tokens', keepDays: 30, where: 'kept.invalidated_at < $1' },
  ],
};
