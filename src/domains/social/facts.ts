import { z } from 'zod';
import { fact } from '../../kernel/contract.ts';

export const chatOpened = fact({
  name: 'chat.opened',
  summary: 'A chat was opened with its first members.',
  payload: z.object({ chatId: z.uuid(), openedBy: z.uuid(), memberIds: z.array(z.uuid()) }),
});

export const memberAdded = fact({
  name: 'chat.memberAdded',
  summary: 'People became members of a chat that was there before.',
  payload: z.object({ chatId: z.uuid(), addedBy: z.uuid(), userIds: z.array(z.uuid()) }),
});

export const memberRemoved = fact({
  name: 'chat.memberRemoved',
  summary: 'Somebody left a chat, or was removed from it by `removedBy`. `ownerId` is set when ownership passed on.',
  payload: z.object({
    chatId: z.uuid(),
    userId: z.uuid(),
    removedBy: z.uuid(),
    ownerId: z.uuid().optional(),
  }),
});

export const chatClosed = fact({
  name: 'chat.closed',
  summary: 'A chat of test accounts ended for everybody and goes away; `userIds` are the people among its members.',
  payload: z.object({ chatId: z.uuid(), userIds: z.array(z.uuid()) }),
});

export const authorRemoved = fact({
  name: 'chat.authorRemoved',
  summary: 'The account of somebody who was in a chat of others was removed; what they said there goes.',
  payload: z.object({ chatId: z.uuid(), userId: z.uuid() }),
});
