import { z } from 'zod';
import { operation, room, signal } from '../../../src/kernel/contract.ts';

const Seat = z.object({ row: z.int().min(1), label: z.string().default('aisle') }).meta({ id: 'Seat' });

export const hallRoom = room({ name: 'hall:{hallId}', summary: 'Who sits where.' });

export const take = operation({
  name: 'seat.take',
  summary: 'Take a seat.',
  access: 'user',
  durability: 'committed',
  rates: [
    { limit: 5, windowSeconds: 60, by: 'actor' },
    { limit: 9, windowSeconds: 10, by: { field: 'hallId' } },
  ],
  input: z.object({ hallId: z.uuid(), seat: Seat, note: z.string().max(10).optional() }),
  output: z.object({ seat: Seat, at: z.iso.datetime() }),
  errors: ['CONFLICT'],
  http: 'POST /v1/halls/{hallId}/seats',
});

export const list = operation({
  name: 'seat.list',
  summary: 'List seats.',
  access: 'public',
  durability: 'read',
  rates: [],
  input: z.object({ hallId: z.uuid(), limit: z.coerce.number().int().max(50).default(20) }),
  output: z.object({ items: z.array(Seat) }),
  errors: [],
  http: 'GET /v1/halls/{hallId}/seats',
});

export const leave = operation({
  name: 'seat.leave',
  summary: 'Leave a seat.',
  access: 'staff',
  durability: 'accepted',
  rates: [],
  input: z.object({ hallId: z.uuid() }),
  output: z.object({}),
  errors: ['GONE'],
  http: 'DELETE /v1/halls/{hallId}/seats',
});

export const wave = operation({
  name: 'seat.wave',
  summary: 'Wave.',
  access: 'user',
  durability: 'ephemeral',
  rates: [],
  input: z.object({ hallId: z.uuid() }),
  output: z.object({}),
  errors: [],
});

export const taken = signal({ name: 'seat.taken', summary: 'A seat was taken.', room: hallRoom, data: Seat });
export const waved = signal({ name: 'seat.waved', summary: 'Someone waved.', data: z.object({ room: z.string() }) });
