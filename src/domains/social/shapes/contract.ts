import { z } from 'zod';
import { ChatJoinPolicy, ChatNotificationLevel } from '../../../generated/prisma/enums.ts';
import { emoji, indentedText, line } from '../../../kernel/texts.ts';
import { Id, Time } from '../../../kernel/wire.ts';
import { MediaView } from '../../media/shapes/contract.ts';

/** A place in a room's log. */
export const Seq = z.int().min(1);

/** The text of a message; it may be empty beside pictures. */
export const Body = indentedText(4_000);
/** Pictures of one message. */
export const MAX_PICTURES = 10;
export const Title = line(100);

export const Emoji = emoji();

/** Distinct emoji on one message. */
export const MAX_EMOJI = 20;
/** Above this many members `chat.readTo` says how many have read, no longer who. */
export const MAX_NAMED_READERS = 50;
/** Members of a group, over its whole life. */
export const MAX_GROUP_MEMBERS = 10_000;

export const Kind = z.enum(['DIRECT', 'GROUP', 'EVENT']);
export const Role = z.enum(['OWNER', 'MODERATOR', 'MEMBER']);
/** How others come into a group: by its team alone, by asking its team, or with a link. */
export const JoinPolicy = z.enum(ChatJoinPolicy);
/** Of which messages a member is told. */
export const NotificationLevel = z.enum(ChatNotificationLevel);
export const Totals = z.record(z.string(), z.int().min(1));

/** Where a snapshot stands in the room's log; watching from here on misses nothing. */
export const Position = z.object({ epoch: z.string(), seq: z.int().min(0) }).meta({ id: 'Position' });

/** A person as far as a chat shows them; who has closed their account keeps a name. */
export const Person = z
  .object({
    userId: Id,
    username: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    avatarUrl: z.string().nullable(),
  })
  .meta({ id: 'Person' });
export type Person = z.infer<typeof Person>;

export const Member = Person.extend({ role: Role, joinedAt: Time, lastReadSeq: z.int().min(0) }).meta({
  id: 'Member',
});

export const Message = z
  .object({
    id: Id,
    seq: Seq,
    /** 1 for the chat's first message, then consecutive. */
    ordinal: z.int().min(1),
    senderId: Id,
    clientId: Id,
    /** Empty once deleted. */
    body: z.string(),
    sentAt: Time,
    editedAt: Time.optional(),
    deletedAt: Time.optional(),
    replyToSeq: Seq.optional(),
    /** Members whom it names as `@username`, by their ids. Absent when it names none. */
    mentions: z.array(Id).optional(),
    /** Set when it calls everybody who is there, as `@here`. */
    here: z.literal(true).optional(),
    /** Set on what was said elsewhere before: by whom, null where they do not want to be named. */
    forwarded: z.object({ from: Id.nullable() }).optional(),
    /** Its pictures, in their order, with addresses made for this answer. Absent when it has none, or none any more. */
    media: z.array(MediaView).optional(),
    reactions: Totals,
    /** What the caller reacted with. */
    mine: z.array(z.string()),
    /** The last log entry this snapshot of the message contains: older ones must not be applied to it again. */
    appliedSeq: Seq,
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof Message>;

/** The caller's own place in a chat, as nobody else sees it. */
export const OwnView = z
  .object({
    notificationLevel: NotificationLevel,
    /** Until then the caller is told of nothing in the chat. */
    mutedUntil: Time.nullable(),
    /** The caller wants to come back to the chat though they have read it. */
    isMarkedUnread: z.boolean(),
    /** Not in the caller's list until the next message. */
    isHidden: z.boolean(),
    /** Until then the caller may read and not write. */
    silencedUntil: Time.nullable(),
  })
  .meta({ id: 'OwnView' });

export const Chat = z.object({
  id: Id,
  kind: Kind,
  title: z.string().nullable(),
  /** Good for one to two days, as every address of a picture. */
  avatarUrl: z.string().nullable(),
  joinPolicy: JoinPolicy,
  /** Least time between two messages of one plain member; 0 for none. */
  slowModeSeconds: z.int().min(0),
  own: OwnView,
  createdAt: Time,
  /** The caller's own role. */
  role: Role,
  memberCount: z.int().min(0),
});

export const ChatWithMembers = Chat.extend({
  /** The first page of `chat.members`. */
  members: z.array(Member),
  membersCursor: z.string().nullable(),
  /** How far the caller has read. */
  lastReadSeq: z.int().min(0),
}).meta({ id: 'ChatWithMembers' });

export const ChatSummary = Chat.extend({
  /** The other member of a DIRECT chat. */
  peer: Person.nullable(),
  lastMessage: Message.nullable(),
  /** Messages after the caller's read pointer; own messages never count. */
  unread: z.int().min(0),
  /** Those of them that name the caller. */
  mentions: z.int().min(0),
  lastReadSeq: z.int().min(0),
  /** The time of the last message, or of the chat's opening. */
  updatedAt: Time,
  /** Null while nothing has ever been said. */
  position: Position.nullable(),
}).meta({ id: 'ChatSummary' });

/** A change to an earlier message: `seq` is the message, `appliedSeq` the log entry that changed it. */
export const Change = z.object({ seq: Seq, appliedSeq: Seq, epoch: z.string(), at: Time }).meta({ id: 'Change' });

export const NewChat = z
  .object({
    kind: z.enum(['DIRECT', 'GROUP']),
    /** Without the caller, who is a member anyway. */
    memberIds: z.array(Id).min(1).max(500),
    title: Title.optional(),
  })
  .refine(({ kind, title }) => kind === 'DIRECT' || title !== undefined, {
    path: ['title'],
    message: 'A group needs a title',
  });

/** What is said in a message: words, pictures, or both. */
export const NewMessage = z
  .object({
    chatId: Id,
    /** Made by the client, once for each message. */
    clientId: Id,
    /** May be empty beside pictures; is empty for what is forwarded. */
    body: Body,
    replyToSeq: Seq.optional(),
    /** The caller’s own pictures, uploaded with the purpose MESSAGE; each belongs to one message. */
    mediaIds: z
      .array(Id)
      .max(MAX_PICTURES)
      .refine((ids) => new Set(ids).size === ids.length, 'must not name a picture twice')
      .optional(),
    /** A message that the caller may read: its words are sent, as said by whom where that person allows it. */
    forwardOf: z.object({ chatId: Id, seq: Seq }).optional(),
  })
  .refine(({ body, mediaIds = [], forwardOf }) => body !== '' || mediaIds.length > 0 || forwardOf !== undefined, {
    path: ['body'],
    message: 'must not be empty without a picture',
  })
  .refine(({ body, mediaIds = [], forwardOf }) => forwardOf === undefined || (body === '' && mediaIds.length === 0), {
    path: ['forwardOf'],
    message: 'stands alone: neither words nor pictures go with what is forwarded',
  });
