import { z } from 'zod';
import { operation } from '../../../../kernel/contract.ts';
import { Instant } from '../../../../kernel/instants.ts';
import { Id } from '../../../../kernel/wire.ts';
import { JoinPolicy, NotificationLevel, OwnView, Role, Title } from '../../shapes/contract.ts';

const ofChat = z.object({ chatId: Id });

/** Changes of a chat that everybody in it sees. */
const forAll = {
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 3_600, by: 'actor' }],
  errors: ['CONFLICT'],
} as const;

/** Changes that nobody but the caller sees. */
const forOneself = {
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 600, windowSeconds: 3_600, by: 'actor' }],
  output: OwnView,
  errors: [],
} as const;

export const update = operation({
  ...forAll,
  name: 'chat.update',
  summary:
    'Change a group’s title, picture, or how others come in, by its owner or a moderator; what is absent stays, a null picture is removed. CONFLICT for a chat of two, and for that of an event, which has the event’s; and for a picture that is not READY or has another purpose than CHAT.',
  feature: 'CHAT',
  input: ofChat.extend({
    title: Title.optional(),
    /** An own picture, uploaded with the purpose CHAT. */
    mediaId: Id.nullable().optional(),
    joinPolicy: JoinPolicy.optional(),
  }),
  output: z.object({ title: z.string().nullable(), avatarUrl: z.string().nullable(), joinPolicy: JoinPolicy }),
  http: 'PATCH /v1/chats/{chatId}',
});

export const setRole = operation({
  ...forAll,
  name: 'chat.setRole',
  summary:
    'Give a member of a group another role, by an owner. CONFLICT when the group would have no owner: make somebody else one first.',
  input: ofChat.extend({ userId: Id, role: Role }),
  output: z.object({ userId: Id, role: Role }),
  http: 'PUT /v1/chats/{chatId}/members/{userId}/role',
});

export const setSlowMode = operation({
  ...forAll,
  name: 'chat.setSlowMode',
  summary:
    'Set the least time between two messages of one member, by the owner or a moderator, who are exempt; 0 takes it away. Whoever is too early is answered SLOW_MODE with `retryAfterMs`. CONFLICT for a chat of two.',
  input: ofChat.extend({ seconds: z.int().min(0).max(3_600) }),
  output: z.object({ seconds: z.int().min(0) }),
  http: 'PUT /v1/chats/{chatId}/slow-mode',
});

export const setNotifications = operation({
  ...forOneself,
  name: 'chat.setNotifications',
  summary:
    'Choose what of a chat the caller is told: all messages, mentions only, or nothing; and until when they are told nothing at all. Nobody else sees it.',
  input: ofChat.extend({ level: NotificationLevel.optional(), mutedUntil: Instant.nullable().optional() }),
  http: 'PUT /v1/chats/{chatId}/notifications',
});

export const markUnread = operation({
  ...forOneself,
  name: 'chat.markUnread',
  summary:
    'Mark a chat as one to come back to, or take the mark away; reading on in it takes it away, too. Nobody else sees it.',
  input: ofChat.extend({ isMarkedUnread: z.boolean().default(true) }),
  http: 'PUT /v1/chats/{chatId}/marked-unread',
});

export const hide = operation({
  ...forOneself,
  name: 'chat.hide',
  summary: 'Take a chat out of the caller’s list until the next message in it. Nobody else sees it.',
  input: ofChat,
  http: 'PUT /v1/chats/{chatId}/hidden',
});

export const unhide = operation({
  ...forOneself,
  name: 'chat.unhide',
  summary: 'Put a hidden chat back into the caller’s list.',
  input: ofChat,
  http: 'DELETE /v1/chats/{chatId}/hidden',
});
