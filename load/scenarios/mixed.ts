import { openGroups } from './groups.ts';
import { recountUnread } from './recount-unread.ts';
import type { Scenario } from './scenario.ts';

/** What an app's user does, in shares of a hundred. */
const SHARES = { send: 50, read: 70, history: 80, list: 88, type: 95 } as const;
const STORM_EVERY_MS = 20_000;
const CUT_SHARE = 0.02;

/** What people do in an app: they write, read, scroll, look at their chats, type, react and lose their connection. */
export const mixed: Scenario = {
  summary:
    'Of a hundred things 50 are messages, 20 moves of a read pointer, 10 pages of history, 8 lists of chats, 7 signs of typing, 5 reactions; every twenty seconds one connection in fifty is cut.',
  latencies: ['chat.read', 'chat.history', 'chat.list', 'chat.type', 'chat.react'],
  prepare: (preparation) => openGroups(preparation, preparation.options.room),
  play: async (crowd) => {
    const cuts = crowd.every(STORM_EVERY_MS, () => crowd.cut(CUT_SHARE));
    await crowd.everyNowAndThen(({ room, member }, dueAt) => {
      const roll = crowd.random() * 100;
      if (roll < SHARES.send) return room.publish(member, dueAt);
      const chatId = room.id.slice('chat:'.length);
      if (roll < SHARES.read)
        return crowd.call('chat.read', { room, member, input: { chatId, seq: Math.max(1, room.highestSeq) }, dueAt });
      if (roll < SHARES.history) return crowd.call('chat.history', { room, member, input: { chatId }, dueAt });
      if (roll < SHARES.list) return crowd.call('chat.list', { room, member, input: {}, dueAt });
      if (roll < SHARES.type) return crowd.call('chat.type', { room, member, input: { chatId }, dueAt });
      return crowd.react(room, member, dueAt);
    });
    await cuts;
  },
  recount: recountUnread,
};
