import { z } from 'zod';
import { NotificationCategory } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';

/** The ways a person may turn off. */
const Channel = z.enum(['IN_APP', 'EMAIL', 'PUSH']);

const Minute = z.int().min(0).max(1_439);

/** Nothing by this way between the two minutes of the day, in the person's own zone; `until` may lie after midnight. */
const QuietHours = z
  .object({ fromMinute: Minute, untilMinute: Minute })
  .refine(({ fromMinute, untilMinute }) => fromMinute !== untilMinute, {
    message: 'must not be the same as fromMinute',
    path: ['untilMinute'],
  });

export const Preference = z
  .object({
    category: z.enum(NotificationCategory),
    channel: Channel,
    isEnabled: z.boolean(),
    quietHours: QuietHours.nullable(),
  })
  .meta({ id: 'NotificationPreference' });

export const set = operation({
  name: 'preference.set',
  summary:
    'Choose how one kind of news arrives. What concerns security, payments, tickets and safety arrives whatever is chosen.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: Preference.extend({ quietHours: QuietHours.nullable().optional() }),
  output: Preference,
  errors: [],
  http: 'PUT /v1/me/preferences/{category}/{channel}',
});

export const list = operation({
  name: 'preference.list',
  summary: 'What the caller chose; every kind and way not listed is on.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: z.object({}),
  output: z.object({ items: z.array(Preference) }),
  errors: [],
  http: 'GET /v1/me/preferences',
});
