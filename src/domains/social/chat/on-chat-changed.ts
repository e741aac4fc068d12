import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Ephemera } from '../../../platform/rooms/ephemera.ts';
import { EVERYBODY, type RoomLog } from '../../../platform/rooms/log.ts';
import type { Pictured } from '../../media/api.ts';
import { chatSlowed, chatUpdated, memberSilenced, pinChanged, roleChanged } from '../facts.ts';
import { findChat } from './chat.reads.ts';
import { roomOf } from './room-name.rules.ts';
import { avatarUrlOf } from './show-chat.ts';
import { pinned, roleChanged as roleTold, slowed, updated } from './signals/contract.ts';

interface Deps extends Pictured {
  database: Database;
  clock: Clock;
  rooms: Pick<RoomLog, 'append'>;
  ephemera: Pick<Ephemera, 'recheck'>;
}

/** Tells a chat's room what was changed of the chat; with the entry every node obeys it. */
export const onChatChanged = ({ database, clock, rooms, ephemera, pictures }: Deps): Subscriber[] => [
  subscribe({
    name: 'social.tellChatOfUpdate',
    fact: chatUpdated,
    run: async ({ chatId, updatedBy: by }, id) => {
      const chat = await findChat(database, chatId);
      if (!chat) return;
      const avatarUrl = avatarUrlOf(chat.avatarAsset, { pictures, now: clock.now() });
      const data = { title: chat.title, avatarUrl, joinPolicy: chat.joinPolicy };
      await rooms.append(roomOf(chatId), { id, by, signal: updated.name, data });
    },
  }),
  subscribe({
    name: 'social.tellChatOfRole',
    fact: roleChanged,
    urgency: 'AT_ONCE',
    run: async ({ chatId, userId, role, changedBy: by }, id) => {
      const entry = { id, by, signal: roleTold.name, data: { userId, role }, affects: [userId] };
      await rooms.append(roomOf(chatId), entry);
    },
  }),
  subscribe({
    name: 'social.tellChatOfSlowMode',
    fact: chatSlowed,
    urgency: 'AT_ONCE',
    run: async ({ chatId, seconds, changedBy }, id) => {
      const by = changedBy === null ? {} : { by: changedBy };
      const entry = { id, ...by, signal: slowed.name, data: { seconds }, affects: [EVERYBODY] };
      await rooms.append(roomOf(chatId), entry);
    },
  }),
  subscribe({
    name: 'social.tellChatOfPin',
    fact: pinChanged,
    run: async ({ chatId, seq, pinned: isPinned, changedBy: by }, id) => {
      await rooms.append(roomOf(chatId), { id, by, signal: pinned.name, data: { seq, pinned: isPinned } });
    },
  }),
  // The chat is not told who is silenced: that is between them and who looks after it.
  subscribe({
    name: 'social.obeySilence',
    fact: memberSilenced,
    urgency: 'AT_ONCE',
    run: ({ chatId, userId }) => ephemera.recheck(roomOf(chatId), [userId]),
  }),
];
