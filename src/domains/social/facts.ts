import { z } from 'zod';
import { fact } from '../../kernel/contract.ts';
import { Id } from '../../kernel/wire.ts';
import { Role } from './shapes/contract.ts';

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

export const chatUpdated = fact({
  name: 'chat.updated',
  summary: 'A group has another title, picture or way in.',
  payload: z.object({ chatId: Id, updatedBy: Id }),
});

export const roleChanged = fact({
  name: 'chat.roleChanged',
  summary: 'A member of a group has another role.',
  payload: z.object({ chatId: Id, userId: Id, role: Role, changedBy: Id }),
});

export const chatSlowed = fact({
  name: 'chat.slowed',
  summary: 'The least time between two messages of one member changed.',
  payload: z.object({ chatId: Id, seconds: z.int().min(0), changedBy: Id.nullable() }),
});

export const memberSilenced = fact({
  name: 'chat.memberSilenced',
  summary: 'A member may read and not write until then; null when they may write again.',
  payload: z.object({ chatId: Id, userId: Id, until: z.iso.datetime().nullable() }),
});

export const pinChanged = fact({
  name: 'chat.pinChanged',
  summary: 'A message was put to the top of its chat, or taken from there.',
  payload: z.object({ chatId: Id, seq: z.int().min(1), pinned: z.boolean(), changedBy: Id }),
});

export const mentioned = fact({
  name: 'chat.mentioned',
  summary: 'A message names people of its chat.',
  payload: z.object({ chatId: Id, seq: z.int().min(1), messageId: Id, senderId: Id, userIds: z.array(Id) }),
});

export const presenceSettingsChanged = fact({
  name: 'presence.settingsChanged',
  summary: 'Somebody wants to be seen differently, or by others than before.',
  payload: z.object({ userId: Id }),
});

export const hereCalled = fact({
  name: 'chat.hereCalled',
  summary: 'A message calls everybody who is there.',
  payload: z.object({ chatId: Id, seq: z.int().min(1), messageId: Id, senderId: Id }),
});
