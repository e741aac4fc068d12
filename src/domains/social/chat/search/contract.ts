import { z } from 'zod';
import { operation } from '../../../../kernel/contract.ts';
import { Id, pageInput } from '../../../../kernel/wire.ts';
import { Words } from '../../../../platform/db/search/contract.ts';
import { Message, Person } from '../../shapes/contract.ts';

export const search = operation({
  name: 'chat.search',
  summary:
    'Messages of the caller’s chats, or of one of them, that hold the words, newest first, as they read now. A message is found once it is stored, a moment after it was sent.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 240, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    words: Words,
    /** Only this chat. */
    chatId: Id.optional(),
    ...pageInput({ most: 50, usual: 20 }),
  }),
  output: z.object({
    items: z.array(Message.extend({ chatId: Id })),
    nextCursor: z.string().nullable(),
    /** Who sent them, also those who have left since. */
    people: z.array(Person),
  }),
  errors: [],
  http: 'GET /v1/search/messages',
});
