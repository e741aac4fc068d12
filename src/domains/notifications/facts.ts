import { z } from 'zod';
import { fact } from '../../kernel/contract.ts';
import { Id } from '../../kernel/wire.ts';

export const notificationsIntended = fact({
  name: 'notification.intended',
  summary: 'People are to be told something: it is in their inboxes, and on its way to wherever else they want it.',
  payload: z.object({ notificationIds: z.array(Id).min(1).max(500) }),
});

export const notificationsRead = fact({
  name: 'notification.readBy',
  summary: 'A person read notifications: their other devices count anew.',
  payload: z.object({ userId: Id }),
});
