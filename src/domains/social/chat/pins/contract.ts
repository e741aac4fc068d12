import { z } from 'zod';
import { operation } from '../../../../kernel/contract.ts';
import { Id, Time } from '../../../../kernel/wire.ts';
import { Message, Person, Seq } from '../../shapes/contract.ts';

/** Messages at the top of one chat. */
export const MAX_PINS = 50;

const change = {
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 120, windowSeconds: 3_600, by: 'actor' }],
  input: z.object({ chatId: Id, seq: Seq }),
  output: z.object({ seq: Seq, pinned: z.boolean() }),
} as const;

export const pin = operation({
  ...change,
  name: 'chat.pin',
  summary: `Put a message to the top of its chat: by the owner or a moderator, in a chat of two by both. Pinning it again changes nothing. CONFLICT when ${MAX_PINS} are there.`,
  feature: 'CHAT',
  errors: ['GONE', 'CONFLICT'],
  http: 'PUT /v1/chats/{chatId}/pins/{seq}',
});

export const unpin = operation({
  ...change,
  name: 'chat.unpin',
  summary: 'Take a message from the top of its chat, by those who may pin; taking it away again changes nothing.',
  errors: [],
  http: 'DELETE /v1/chats/{chatId}/pins/{seq}',
});

export const pins = operation({
  name: 'chat.pins',
  summary: `The messages at the top of a chat, the latest pinned first; ${MAX_PINS} at most. Deleted ones are not among them.`,
  access: 'user',
  durability: 'read',
  rates: [{ limit: 500, windowSeconds: 10, by: 'actor' }],
  input: z.object({ chatId: Id }),
  output: z.object({
    items: z.array(z.object({ message: Message, pinnedBy: Id.nullable(), pinnedAt: Time })),
    /** Who sent them, and who pinned them. */
    people: z.array(Person),
  }),
  errors: [],
  http: 'GET /v1/chats/{chatId}/pins',
});
