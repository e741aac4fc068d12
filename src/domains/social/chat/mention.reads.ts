import type { Database } from '../../../platform/db/client.ts';
import { blockedAmong, idsByUsername } from '../../identity/api.ts';
import { type Membership, membersAmong } from './member.reads.ts';
import { namesIn } from './mention.rules.ts';

/**
 * The members whom a text names, by their ids, as a part of a message; without any when it names nobody. Whoever is no member, the
 * writer themselves, and people between whom and the writer a block stands are words like others.
 */
export const mentionedIn = async (
  { database }: { database: Database },
  { chatId, userId }: Pick<Membership, 'chatId' | 'userId'>,
  body: string,
): Promise<{ mentions?: string[] }> => {
  const names = namesIn(body);
  if (names.length === 0) return {};
  const ids = (await idsByUsername(database, names)).filter((id) => id !== userId);
  const members = ids.length === 0 ? [] : await membersAmong(database, chatId, ids);
  const blocked = await blockedAmong(database, userId, members);
  const mentions = members.filter((id) => !blocked.has(id));
  return mentions.length === 0 ? {} : { mentions };
};
