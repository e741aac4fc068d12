import type { Database } from '../../../platform/db/client.ts';
import { MAX_NAMED_READERS } from '../shapes/contract.ts';
import { countMembers } from './member.reads.ts';

/** How long a chat's size is taken as known, and of how many chats. */
const KNOWN_MS = 10_000;
const MAX_KNOWN = 10_000;

/** Whether a chat is small enough to name its readers; asked of PostgreSQL at most once in ten seconds for each chat. */
export const rememberSmallChats = (database: Database): ((chatId: string) => Promise<boolean>) => {
  const known = new Map<string, { isSmall: Promise<boolean>; untilMs: number }>();
  return (chatId) => {
    const remembered = known.get(chatId);
    if (remembered && performance.now() < remembered.untilMs) return remembered.isSmall;
    // All at once: they are asked for again as they are needed.
    if (known.size >= MAX_KNOWN) known.clear();
    const isSmall = countMembers(database, chatId).then((count) => count <= MAX_NAMED_READERS);
    known.set(chatId, { isSmall, untilMs: performance.now() + KNOWN_MS });
    isSmall.catch(() => known.delete(chatId));
    return isSmall;
  };
};
