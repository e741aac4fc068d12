import { z } from 'zod';
import { room, signal } from '../../../../kernel/contract.ts';
import { Id } from '../../../../kernel/wire.ts';
import { MediaView } from '../../../media/shapes/contract.ts';
import { JoinPolicy, OwnView, Role, Seq, Totals } from '../../shapes/contract.ts';

export const chatRoom = room({
  name: 'chat:{chatId}',
  summary: 'Everything said and done in one chat, for its members.',
});

export const sent = signal({
  name: 'chat.sent',
  summary: 'A message was sent. It also moves its sender’s read pointer.',
  room: chatRoom,
  data: z.object({
    id: Id,
    clientId: Id,
    body: z.string(),
    replyToSeq: Seq.optional(),
    /** Members whom it names, by their ids. */
    mentions: z.array(Id).optional(),
    /** It calls everybody who is there. */
    here: z.literal(true).optional(),
    /** Said elsewhere before: by whom, null where they do not want to be named. */
    forwarded: z.object({ from: Id.nullable() }).optional(),
    /** With addresses as old as the entry: chat.history makes new ones. */
    media: z.array(MediaView).optional(),
  }),
});

export const edited = signal({
  name: 'chat.edited',
  summary: 'The text of message `seq` is now `body`. To be ignored once the message is deleted.',
  room: chatRoom,
  data: z.object({
    seq: Seq,
    body: z.string(),
    /** Members whom it names now. */
    mentions: z.array(Id).optional(),
  }),
});

export const deleted = signal({
  name: 'chat.deleted',
  summary: 'Message `seq` is gone: its text, pictures and reactions are to be forgotten.',
  room: chatRoom,
  data: z.object({ seq: Seq }),
});

export const reacted = signal({
  name: 'chat.reacted',
  summary: 'All reactions of message `seq` as absolute totals per emoji; an emoji that is not named has none.',
  room: chatRoom,
  data: z.object({ seq: Seq, reactions: Totals }),
});

export const readTo = signal({
  name: 'chat.readTo',
  summary: 'Read pointers moved forward: `reads` in chats of up to 50 members, only their `count` in larger ones.',
  room: chatRoom,
  data: z.object({
    reads: z.array(z.object({ userId: Id, seq: Seq })).optional(),
    count: z.int().min(1).optional(),
  }),
});

export const memberJoined = signal({
  name: 'chat.memberJoined',
  summary:
    'People joined the chat. Those who joined hear it in `user:{userId}` as well, also when a chat was opened with them.',
  room: chatRoom,
  data: z.object({ chatId: Id, userIds: z.array(Id) }),
});

export const memberLeft = signal({
  name: 'chat.memberLeft',
  summary:
    'Someone left the chat or was removed; told in `user:{userId}` as well. `ownerId` is set when ownership passed on.',
  room: chatRoom,
  data: z.object({ chatId: Id, userIds: z.array(Id), ownerId: Id.optional() }),
});

export const updated = signal({
  name: 'chat.updated',
  summary: 'The group’s title, picture or way in is now this.',
  room: chatRoom,
  data: z.object({ title: z.string().nullable(), avatarUrl: z.string().nullable(), joinPolicy: JoinPolicy }),
});

export const roleChanged = signal({
  name: 'chat.roleChanged',
  summary: 'A member has this role now.',
  room: chatRoom,
  data: z.object({ userId: Id, role: Role }),
});

export const slowed = signal({
  name: 'chat.slowed',
  summary: 'The least time between two messages of one plain member is now this; 0 for none.',
  room: chatRoom,
  data: z.object({ seconds: z.int().min(0) }),
});

export const pinned = signal({
  name: 'chat.pinned',
  summary: 'Message `seq` is at the top of the chat, or not any more. A deleted message is never pinned.',
  room: chatRoom,
  data: z.object({ seq: Seq, pinned: z.boolean() }),
});

export const viewChanged = signal({
  name: 'chat.viewChanged',
  summary: 'The caller set how they see a chat, on this or another device. Told to all of their devices.',
  data: z.object({ chatId: Id, own: OwnView }),
});

export const markedRead = signal({
  name: 'chat.markedRead',
  summary: 'The caller has read a chat up to `seq`, on this or another device. Told to all of their devices.',
  data: z.object({ chatId: Id, seq: Seq }),
});

export const activity = signal({
  name: 'chat.activity',
  summary:
    'The last message of a chat of the caller that this socket does not watch: told once it is stored, once a second at most and in large chats less often. What is unread has grown by as much as its `ordinal`.',
  data: z.object({
    chatId: Id,
    lastMessage: z.object({
      id: Id,
      seq: Seq,
      ordinal: Seq,
      senderId: Id,
      sentAt: z.iso.datetime(),
      /** The first 200 characters of its text. */
      preview: z.string(),
      /** How many it has. */
      pictures: z.int().min(0),
      /** Members whom it names. */
      mentions: z.array(Id).optional(),
    }),
  }),
});

export const typing = signal({
  name: 'chat.typing',
  summary:
    'People typing in the room, seen by one node: up to five of them and the count of all. Who is not named again within 6 s has stopped.',
  data: z.object({ room: z.string(), users: z.array(Id).max(5), count: z.int().min(1) }),
});
