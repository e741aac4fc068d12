import { z } from 'zod';
import { operation, signal } from '../../../../kernel/contract.ts';
import { Instant } from '../../../../kernel/instants.ts';
import { Id, page, pageInput, Time } from '../../../../kernel/wire.ts';
import { JoinPolicy, Person, Title } from '../../shapes/contract.ts';

/** Links of one group that can be used. */
export const MAX_LINKS = 50;

const ofChat = z.object({ chatId: Id });
const byTeam = { access: 'user', rates: [{ limit: 120, windowSeconds: 3_600, by: 'actor' }] } as const;

/** A link into a group, without its token: that is told once. */
const Link = z
  .object({
    linkId: Id,
    createdAt: Time,
    /** Null for a link without an end. */
    expiresAt: Time.nullable(),
    /** Null for any number. */
    maxUses: z.int().nullable(),
    /** The number of people who came in, or asked to, by it. */
    uses: z.int().min(0),
  })
  .meta({ id: 'ChatLink' });

/** The secret part of a link: 256 random bits. */
const Token = z.string().regex(/^[\w-]{43}$/, 'must be the token of a link');

export const createLink = operation({
  ...byTeam,
  name: 'chat.createLink',
  summary:
    'Make a link by which others come into a group, or ask to, by its owner or a moderator. Its token is in this answer and nowhere else. CONFLICT while the group is CLOSED, and when it has 50 links.',
  durability: 'committed',
  feature: 'CHAT',
  input: ofChat.extend({
    /** A moment to come; absent for a link without an end. */
    expiresAt: Instant.optional(),
    maxUses: z.int().min(1).max(10_000).optional(),
  }),
  output: Link.extend({ token: Token }),
  errors: ['CONFLICT'],
  http: 'POST /v1/chats/{chatId}/links',
});

export const revokeLink = operation({
  ...byTeam,
  name: 'chat.revokeLink',
  summary: 'End a link into a group; ending it again changes nothing.',
  durability: 'committed',
  input: ofChat.extend({ linkId: Id }),
  output: z.object({ linkId: Id, revokedAt: Time }),
  errors: [],
  http: 'DELETE /v1/chats/{chatId}/links/{linkId}',
});

export const links = operation({
  ...byTeam,
  name: 'chat.links',
  summary: 'The links into a group that can be used, the latest first, for its owner and moderators; 50 at most.',
  durability: 'read',
  input: ofChat,
  output: z.object({ items: z.array(Link) }),
  errors: [],
  http: 'GET /v1/chats/{chatId}/links',
});

/** The status of somebody with a link in its group. */
const JoinStatus = z.enum(['NONE', 'PENDING', 'DECLINED', 'MEMBER']);

export const previewLink = operation({
  name: 'chat.previewLink',
  summary: 'What is behind a link: the group’s title, picture and size, and how the caller stands to it.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: z.object({ token: Token }),
  output: z.object({
    chatId: Id,
    title: Title.nullable(),
    avatarUrl: z.string().nullable(),
    memberCount: z.int().min(0),
    joinPolicy: JoinPolicy,
    status: JoinStatus,
  }),
  errors: [],
  http: 'GET /v1/chat-links/{token}',
});

export const requestJoin = operation({
  name: 'chat.requestJoin',
  summary:
    'Come into a group by its link, or ask its team to let one in where the group wants that, and where one was removed from it before. A link that ended is not found. CONFLICT when the group is full.',
  access: 'user',
  durability: 'committed',
  feature: 'CHAT',
  rates: [{ limit: 60, windowSeconds: 3_600, by: 'actor' }],
  input: z.object({ token: Token }),
  output: z.object({ chatId: Id, status: JoinStatus }),
  errors: ['CONFLICT'],
  http: 'POST /v1/chat-links/{token}/join',
});

export const requests = operation({
  ...byTeam,
  name: 'chat.requests',
  summary: 'Who asks to come into a group, the latest first, for its owner and moderators.',
  durability: 'read',
  input: ofChat.extend({ ...pageInput() }),
  output: page(z.object({ person: Person, requestedAt: Time })),
  errors: [],
  http: 'GET /v1/chats/{chatId}/requests',
});

export const decideJoin = operation({
  ...byTeam,
  name: 'chat.decideJoin',
  summary:
    'Let somebody into a group who asked to, or decline, by its owner or a moderator. Whoever was declined once cannot ask again. CONFLICT when the group is full.',
  durability: 'committed',
  feature: 'CHAT',
  input: ofChat.extend({ userId: Id, isApproved: z.boolean() }),
  output: z.object({ userId: Id, status: JoinStatus }),
  errors: ['CONFLICT'],
  http: 'PUT /v1/chats/{chatId}/requests/{userId}',
});

export const joinRequested = signal({
  name: 'chat.joinRequested',
  summary: 'Somebody asks to come into a group that the caller looks after.',
  data: z.object({ chatId: Id, userId: Id }),
});
