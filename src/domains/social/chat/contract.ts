import { z } from 'zod';
import { operation, type Rate } from '../../../kernel/contract.ts';
import { Id, page, pageInput } from '../../../kernel/wire.ts';
import {
  Body,
  Change,
  ChatSummary,
  ChatWithMembers,
  Emoji,
  Member,
  Message,
  NewChat,
  NewMessage,
  Person,
  Position,
  Seq,
  Totals,
} from '../shapes/contract.ts';

/** A fuse against runaway clients, not moderation. */
const fuse = (limit: number): readonly Rate[] => [{ limit, windowSeconds: 10, by: 'actor' }];

const ofChat = z.object({ chatId: Id });
const ofMessage = ofChat.extend({ seq: Seq });

export const open = operation({
  name: 'chat.open',
  summary:
    'Open a chat. DIRECT takes one other member and returns the pair’s chat when there is one; GROUP needs a title. RATE_LIMITED for more strangers than one may reach in a day.',
  access: 'user',
  durability: 'committed',
  feature: 'CHAT',
  rates: [{ limit: 2_000, windowSeconds: 60, by: 'actor' }],
  input: NewChat,
  output: ChatWithMembers,
  errors: [],
  http: 'POST /v1/chats',
});

export const send = operation({
  name: 'chat.send',
  summary:
    'Send a message of words, pictures, or both. A repeat with the same clientId is the same message and gets the first answer. Up to ten members are named as `@username`. SLOW_MODE where members have to wait between two messages. CONFLICT for a picture that is not READY, has another purpose than MESSAGE, or is in another message.',
  access: 'user',
  durability: 'accepted',
  feature: 'CHAT',
  rates: fuse(10_000),
  input: NewMessage,
  output: z.object({ id: z.string(), seq: z.number(), epoch: z.string(), at: z.string(), duplicate: z.boolean() }),
  errors: ['CONFLICT', 'SLOW_MODE'],
  http: 'POST /v1/chats/{chatId}/messages',
});

/** Several changes of one message by one person. */
const change = (limit: number) =>
  ({ access: 'user', durability: 'accepted', inOrderOf: ['chatId', 'seq'], rates: fuse(limit) }) as const;

export const edit = operation({
  name: 'chat.edit',
  summary:
    'Replace the text of an own message; the text beside pictures may be taken away. The same text changes nothing.',
  ...change(500),
  feature: 'CHAT',
  input: ofMessage.extend({ body: Body }),
  output: Change,
  errors: ['GONE'],
  http: 'PATCH /v1/chats/{chatId}/messages/{seq}',
});

/** `delete` is a reserved word. */
export const remove = operation({
  name: 'chat.delete',
  summary: 'Delete an own message with its pictures, for everyone and for good; owners and moderators may delete any.',
  ...change(500),
  input: ofMessage,
  output: Change,
  errors: ['GONE'],
  http: 'DELETE /v1/chats/{chatId}/messages/{seq}',
});

const reaction = ofMessage.extend({ emoji: Emoji });

export const react = operation({
  name: 'chat.react',
  summary: 'Add an own reaction to a message; adding it again changes nothing. A message takes 20 different emoji.',
  ...change(1_000),
  feature: 'CHAT',
  input: reaction,
  output: z.object({ seq: Seq, reactions: Totals }),
  errors: ['GONE', 'CONFLICT'],
  http: 'PUT /v1/chats/{chatId}/messages/{seq}/reactions/{emoji}',
});

export const unreact = operation({
  name: 'chat.unreact',
  summary: 'Take back an own reaction; taking it back again changes nothing.',
  ...change(1_000),
  input: reaction,
  output: z.object({ seq: Seq, reactions: Totals }),
  errors: ['GONE'],
  http: 'DELETE /v1/chats/{chatId}/messages/{seq}/reactions/{emoji}',
});

export const read = operation({
  name: 'chat.read',
  summary: 'Move the own read pointer forward to `seq`, at most to the end of the log. It never moves back.',
  access: 'user',
  durability: 'accepted',
  rates: fuse(1_000),
  input: ofMessage,
  output: z.object({ seq: z.int().min(0) }),
  errors: [],
  http: 'PUT /v1/chats/{chatId}/read',
});

export const history = operation({
  name: 'chat.history',
  summary:
    'Messages in ascending order with edits, deletions and reactions applied: the latest page, or the one before `before` or after `after`. Go on by passing nextCursor as the same parameter, or as `cursor`.',
  access: 'user',
  durability: 'read',
  rates: fuse(2_000),
  input: ofChat.extend({
    before: Seq.optional(),
    after: z.int().min(0).optional(),
    /** Stands for `after` where that is given too, else for `before`. */
    cursor: z.int().min(0).optional(),
    limit: pageInput().limit,
  }),
  output: z.object({
    items: z.array(Message),
    nextCursor: Seq.nullable(),
    position: Position,
    /** Who sent them, also those who have left since. */
    people: z.array(Person),
  }),
  errors: [],
  http: 'GET /v1/chats/{chatId}/messages',
});

export const list = operation({
  name: 'chat.list',
  summary:
    'The caller’s chats, newest activity first; those that they have hidden only when `hidden` asks for them alone.',
  access: 'user',
  durability: 'read',
  rates: fuse(500),
  input: z.object({ hidden: z.boolean().default(false), ...pageInput() }),
  output: page(ChatSummary),
  errors: [],
  http: 'GET /v1/chats',
});

export const unread = operation({
  name: 'chat.unread',
  summary:
    'How many messages the caller has not read, in all of their chats together, and in how many chats. It counts what is stored, as a rule within a second.',
  access: 'user',
  durability: 'read',
  rates: fuse(500),
  input: z.object({}),
  output: z.object({ messages: z.int().min(0), chats: z.int().min(0) }),
  errors: [],
  http: 'GET /v1/me/chats/unread',
});

export const get = operation({
  name: 'chat.get',
  summary: 'One chat with the first page of its members.',
  access: 'user',
  durability: 'read',
  rates: fuse(1_000),
  input: ofChat,
  output: ChatWithMembers,
  errors: [],
  http: 'GET /v1/chats/{chatId}',
});

export const members = operation({
  name: 'chat.members',
  summary: 'The chat’s members, longest-standing first.',
  access: 'user',
  durability: 'read',
  rates: fuse(1_000),
  input: ofChat.extend({ ...pageInput() }),
  output: page(Member),
  errors: [],
  http: 'GET /v1/chats/{chatId}/members',
});

export const addMembers = operation({
  name: 'chat.addMembers',
  summary:
    'Add people to a group, by its owner or a moderator. They may read everything said before. CONFLICT names who left it: they come back by chat.rejoin only. RATE_LIMITED for more strangers than one may reach in a day.',
  access: 'user',
  durability: 'committed',
  feature: 'CHAT',
  rates: fuse(500),
  input: ofChat.extend({ userIds: z.array(Id).min(1).max(500) }),
  /** Who was not a member before. */
  output: z.object({ added: z.array(Id), memberCount: z.int() }),
  errors: ['CONFLICT'],
  http: 'POST /v1/chats/{chatId}/members',
});

export const removeMember = operation({
  name: 'chat.removeMember',
  summary: 'Remove someone from a group, by its owner or a moderator; the owner cannot be removed.',
  access: 'user',
  durability: 'committed',
  rates: fuse(500),
  input: ofChat.extend({ userId: Id }),
  output: z.object({ memberCount: z.int() }),
  errors: ['CONFLICT'],
  http: 'DELETE /v1/chats/{chatId}/members/{userId}',
});

export const leave = operation({
  name: 'chat.leave',
  summary:
    'Leave a group: nobody else can add the caller again, chat.rejoin does. An owner’s place passes to the longest-standing moderator, else member.',
  access: 'user',
  durability: 'committed',
  rates: fuse(500),
  input: ofChat,
  output: z.object({ memberCount: z.int() }),
  errors: ['CONFLICT'],
  http: 'POST /v1/chats/{chatId}/leave',
});

export const rejoin = operation({
  name: 'chat.rejoin',
  summary:
    'Come back to a group that one left. Nobody else can bring its former member back; who was removed is not found.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 3_600, by: 'actor' }],
  input: ofChat,
  output: z.object({ memberCount: z.int() }),
  errors: ['CONFLICT'],
  http: 'POST /v1/chats/{chatId}/rejoin',
});

export const type = operation({
  name: 'chat.type',
  summary: 'Tell the others that the caller is typing; to be repeated every 3 s or so while it lasts.',
  access: 'user',
  durability: 'ephemeral',
  rates: fuse(100),
  input: ofChat,
  output: z.object({}),
  errors: [],
});
