import { z } from 'zod';
import { NotificationCategory, NotificationPriority, NotificationType } from '../../../generated/prisma/enums.ts';
import { operation, signal } from '../../../kernel/contract.ts';
import { Id, page, pageInput } from '../../../kernel/wire.ts';

const Time = z.iso.datetime();

/** Something a person was told. `data` holds the ids a client needs to open the right page. */
export const Notification = z
  .object({
    id: Id,
    type: z.enum(NotificationType),
    category: z.enum(NotificationCategory),
    priority: z.enum(NotificationPriority),
    title: z.string(),
    message: z.string(),
    data: z.record(z.string(), z.unknown()),
    eventId: Id.nullable(),
    actorId: Id.nullable(),
    createdAt: Time,
    readAt: Time.nullable(),
  })
  .meta({ id: 'Notification' });

/** Notifications that wait to be read; those taken out of the inbox do not count. */
const Unread = z.int().min(0);

export const list = operation({
  name: 'notification.list',
  summary: 'The caller’s notifications, latest first, with how many are unread in all.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    unreadOnly: z.boolean().default(false),
    ...pageInput({ most: 100, usual: 20 }),
  }),
  output: page(Notification).extend({ unread: Unread }),
  errors: [],
  http: 'GET /v1/notifications',
});

export const read = operation({
  name: 'notification.read',
  summary:
    'Mark notifications as read: those named by `ids`, those up to the one named by `upTo` in the order of the list, or every one there is. For "read all" name the first that was shown: what came after it stays unread.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z
    .object({ ids: z.array(Id).min(1).max(200).optional(), upTo: Id.optional() })
    .refine(({ ids, upTo }) => ids === undefined || upTo === undefined, {
      path: ['upTo'],
      message: 'cannot be given together with ids',
    }),
  output: z.object({ read: z.int(), unread: Unread }),
  errors: [],
  http: 'POST /v1/notifications/read',
});

export const created = signal({
  name: 'notification.created',
  summary: 'The person was told something; to all of their devices.',
  data: z.object({ notification: Notification, unread: Unread }),
});

export const counted = signal({
  name: 'notification.counted',
  summary: 'Notifications were read on one of the person’s devices; to all of them.',
  data: z.object({ unread: Unread }),
});
