import { z } from 'zod';
import { ChosenPresence, PresenceAudience } from '../../../generated/prisma/enums.ts';
import { operation, signal } from '../../../kernel/contract.ts';
import { Id, pageInput, Time } from '../../../kernel/wire.ts';
import { Person } from '../shapes/contract.ts';

/** What others see. */
export const PresenceStatus = z.enum(['ONLINE', 'AWAY', 'BUSY', 'OFFLINE']);

/** Somebody as a viewer sees them. */
export const PresenceView = z
  .object({
    userId: Id,
    status: PresenceStatus,
    lastSeenAt: Time.nullable().meta({
      description: 'When they were last active; null while they are here, and for who may not know',
    }),
  })
  .meta({ id: 'PresenceView' });

const Chosen = z.enum(ChosenPresence);
const Audience = z.enum(PresenceAudience);
/** A room's name, as rooms are watched by. */
const RoomName = z
  .string()
  .max(100)
  .regex(/^[a-z]+:[0-9a-f-]{36}$/, 'must be a kind, a colon and a UUID, as in event:0190…');
const Ids = z.array(Id).min(1).max(200);

export const watch = operation({
  name: 'presence.watch',
  summary:
    'Follow up to 200 people more, 1,000 a connection: how they are now, then `presence.changed`. Who is unknown, or not for the caller to know, is OFFLINE.',
  access: 'user',
  durability: 'ephemeral',
  rates: [{ limit: 30, windowSeconds: 10, by: 'actor' }],
  input: z.object({ userIds: Ids }),
  output: z.object({ users: z.array(PresenceView) }),
  errors: ['CONFLICT'],
});

export const unwatch = operation({
  name: 'presence.unwatch',
  summary: 'Follow these people no longer, or nobody.',
  access: 'user',
  durability: 'ephemeral',
  rates: [{ limit: 100, windowSeconds: 10, by: 'actor' }],
  input: z.object({ userIds: z.array(Id).min(1).max(1_000).optional() }),
  output: z.object({ watching: z.int().min(0) }),
  errors: ['CONFLICT'],
});

export const mine = operation({
  name: 'presence.mine',
  summary: 'How the caller wants to be seen, and by whom.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 100, windowSeconds: 10, by: 'actor' }],
  input: z.object({}),
  output: z.object({ status: Chosen, audience: Audience }),
  errors: [],
  http: 'GET /v1/me/presence',
});

export const set = operation({
  name: 'presence.set',
  summary:
    'How the caller wants to be seen while connected, on all devices, until it is changed. INVISIBLE is OFFLINE.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 10, windowSeconds: 60, by: 'actor' }],
  input: z.object({ status: Chosen }),
  output: z.object({ status: Chosen }),
  errors: [],
  http: 'PUT /v1/me/presence/status',
});

export const setAudience = operation({
  name: 'presence.setAudience',
  summary:
    'Who may know whether the caller is here. CONTACTS: friends, members of a common chat, holders of tickets of one event that is going on.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 10, windowSeconds: 60, by: 'actor' }],
  input: z.object({ audience: Audience }),
  output: z.object({ audience: Audience }),
  errors: [],
  http: 'PUT /v1/me/presence',
});

export const friends = operation({
  name: 'presence.friends',
  summary: 'The caller’s friends who are here, the latest active first, and how many are in all.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 30, windowSeconds: 10, by: 'actor' }],
  input: z.object(pageInput({ most: 200, usual: 50 })),
  output: z.object({
    items: z.array(PresenceView),
    nextCursor: z.string().nullable(),
    counts: z.object({ online: z.int().min(0), away: z.int().min(0) }),
  }),
  errors: [],
  http: 'GET /v1/me/friends/presence',
});

export const room = operation({
  name: 'presence.room',
  summary:
    'How many people are in a room right now, and up to 50 of them whom the caller may see, friends first. For `event:` and `chat:` rooms.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 30, windowSeconds: 10, by: 'actor' }],
  input: z.object({ room: RoomName }),
  output: z.object({ room: RoomName, count: z.int().min(0), sample: z.array(Person).max(50) }),
  errors: [],
  http: 'GET /v1/rooms/{room}/presence',
});

export const changed = signal({
  name: 'presence.changed',
  summary:
    'People whom this connection follows, by presence.watch or as members of a watched chat of up to 100, are seen differently now. Once a second at most, the latest state of each.',
  data: z.object({ changes: z.array(PresenceView).max(1_000) }),
});

export const counted = signal({
  name: 'presence.counted',
  summary:
    'How many people are in this `event:` room, or in this chat of more than 100, right now. Once a second at most, a difference of a hundredth within three seconds.',
  data: z.object({ room: z.string(), count: z.int().min(0) }),
});
