import { z } from 'zod';
import { fact } from '../../kernel/contract.ts';
import { Id } from '../../kernel/wire.ts';

export const chatOpened = fact({
  name: 'chat.opened',
  summary: 'A chat was opened with its first members.',
  payload: z.object({ chatId: Id, openedBy: Id, memberIds: z.array(Id) }),
});

export const memberAdded = fact({
  name: 'chat.memberAdded',
  summary: 'People became members of a chat that was there before.',
  payload: z.object({ chatId: Id, addedBy: Id, userIds: z.array(Id) }),
});

export const memberRemoved = fact({
  name: 'chat.memberRemoved',
  summary: 'Somebody left a chat, or was removed from it by `removedBy`. `ownerId` is set when ownership passed on.',
  payload: z.object({
    chatId: Id,
    userId: Id,
    removedBy: Id,
    ownerId: Id.optional(),
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
