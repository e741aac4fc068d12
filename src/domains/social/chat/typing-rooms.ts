import type { Ephemera } from '../../../platform/rooms/ephemera.ts';
import { roomOf } from './room-name.rules.ts';
import { typing } from './signals/contract.ts';

const FRAME_EVERY_MS = 1_000;
/** Who has not typed for this long has stopped. */
const TYPING_MS = 6_000;
const NAMED = 5;
/** What is typed beyond these bounds is not told. */
const MAX_CHATS = 10_000;
const MAX_USERS = 1_000;

interface TypingChat {
  /** When each was last seen typing. */
  users: Map<string, number>;
  /** Who typed since the last frame, the latest last. */
  recent: Set<string>;
}

/** Keeps who is typing on this node. */
export interface Typing {
  /** Tells the chat, at most once a second. */
  tell: (chatId: string, userId: string) => void;
  /** They have sent what they typed: nobody needs to hear of their typing any more. */
  end: (chatId: string, userId: string) => void;
}

/** Gathers who is typing on this node. */
export const gatherTyping = (ephemera: Ephemera): Typing => {
  const chats = new Map<string, TypingChat>();

  const tick = (chatId: string, chat: TypingChat): void => {
    const stoppedBeforeMs = performance.now() - TYPING_MS;
    for (const [userId, seenAtMs] of chat.users) if (seenAtMs < stoppedBeforeMs) chat.users.delete(userId);
    if (chat.users.size === 0) {
      chats.delete(chatId);
      return;
    }
    if (chat.recent.size > 0) {
      const users = [...chat.recent].slice(-NAMED).reverse();
      ephemera.publish(roomOf(chatId), typing.name, { users, count: chat.users.size });
      chat.recent.clear();
    }
    setTimeout(tick, FRAME_EVERY_MS, chatId, chat).unref();
  };

  const tell = (chatId: string, userId: string): void => {
    const known = chats.get(chatId);
    const chat = known ?? { users: new Map<string, number>(), recent: new Set<string>() };
    if ((!known && chats.size >= MAX_CHATS) || chat.users.size >= MAX_USERS) return;
    chat.users.set(userId, performance.now());
    // Taken out first, so that the set's order is the order of typing.
    chat.recent.delete(userId);
    chat.recent.add(userId);
    if (known) return;
    chats.set(chatId, chat);
    tick(chatId, chat);
  };

  const end = (chatId: string, userId: string): void => {
    const chat = chats.get(chatId);
    chat?.users.delete(userId);
    chat?.recent.delete(userId);
  };

  return { tell, end };
};
