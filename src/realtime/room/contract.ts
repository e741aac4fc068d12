import { z } from 'zod';
import { operation, signal } from '../../kernel/contract.ts';

/** A room's name: its kind, a colon, one UUID. */
export const RoomName = z
  .string()
  .max(100)
  .regex(/^[a-z]+:[0-9a-f-]{36}$/, 'must be a kind, a colon and a UUID, as in chat:0190…')
  .meta({ id: 'RoomName', description: 'Kind and UUID, as in chat:{chatId}' });

/** How far a client has read: numbers mean something within their epoch only. */
const Cursor = z.object({ epoch: z.string().max(64), seq: z.number().int().min(0) });

export const Entry = z
  .object({
    seq: z.number().int().meta({ description: 'Consecutive within an epoch' }),
    signal: z.string(),
    at: z.string().meta({ description: 'ISO 8601, the clock of the log' }),
    by: z.string().optional().meta({ description: 'The user who caused it; absent when the server did' }),
    ordinal: z.number().int().optional().meta({ description: 'Counts what unread counts, from 1' }),
    data: z.unknown(),
  })
  .meta({ id: 'RoomEntry' });

export const WatchAnswer = z
  .object({
    room: RoomName,
    epoch: z.string(),
    seq: z.number().int().meta({ description: 'Every later entry will arrive by room.entries' }),
    durable: z.number().int().meta({ description: 'Every entry up to this one is in PostgreSQL' }),
    mode: z.enum(['live', 'replay', 'gap']),
    entries: z.array(Entry),
  })
  .meta({ id: 'WatchAnswer' });

/** A room that may no longer be watched, among those that may. */
const RefusedAnswer = z.object({ room: RoomName, mode: z.literal('refused') }).meta({ id: 'RefusedAnswer' });

export const watch = operation({
  name: 'room.watch',
  summary: 'Receive a room from now on, or from where the caller stopped reading.',
  access: 'device',
  durability: 'read',
  rates: [{ limit: 5_000, windowSeconds: 10, by: 'actor' }],
  input: z.object({
    room: RoomName,
    after: Cursor.optional(),
    /** The room is not on the screen now: it is told of once a second at most, with nothing left out but what is ephemeral. */
    passive: z.boolean().default(false),
  }),
  output: WatchAnswer,
  errors: ['CONFLICT'],
});

export const resume = operation({
  name: 'room.resume',
  summary: 'Watch several rooms again after a reconnect, in one call.',
  access: 'device',
  durability: 'read',
  rates: [{ limit: 1_000, windowSeconds: 10, by: 'actor' }],
  input: z.object({
    rooms: z
      .array(Cursor.extend({ room: RoomName, passive: z.boolean().default(false) }))
      .min(1)
      .max(100),
  }),
  output: z.object({ rooms: z.array(z.union([WatchAnswer, RefusedAnswer])) }),
  errors: ['CONFLICT'],
});

export const unwatch = operation({
  name: 'room.unwatch',
  summary: 'Stop receiving a room.',
  access: 'device',
  durability: 'ephemeral',
  rates: [{ limit: 5_000, windowSeconds: 10, by: 'actor' }],
  input: z.object({ room: RoomName }),
  output: z.object({ room: RoomName }),
  errors: ['CONFLICT'],
});

/** Entries of a watched room: consecutive, ascending; another epoch than before means the state must be fetched. */
export const entries = signal({
  name: 'room.entries',
  summary: 'New entries of a watched room, or only its durable watermark.',
  data: z.object({ room: RoomName, epoch: z.string(), entries: z.array(Entry), durable: z.number().int() }),
});

export const left = signal({
  name: 'room.left',
  summary: 'The caller no longer receives a room, because of its last entry.',
  data: z.object({ room: RoomName, seq: z.number().int() }),
});

export const gap = signal({
  name: 'room.gap',
  summary: 'The caller read too slowly for the log: fetch the state, entries go on after seq.',
  data: z.object({ room: RoomName, epoch: z.string(), seq: z.number().int(), durable: z.number().int() }),
});
