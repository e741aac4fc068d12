import type { RoomEntry } from '../../../kernel/domain.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import type { Showing } from '../../media/api.ts';
import { findChat } from './chat.reads.ts';
import { currentPointers } from './current-pointers.ts';
import { countMembers, type Membership, storedPointers } from './member.reads.ts';
import { showMembers } from './show-members.ts';

const FIRST_MEMBERS = 50;

/**
 * The chat with its first members, as one of them sees it.
 * `entries` is what the log holds that may not be stored yet.
 */
export const showChat = async (
  reader: Database | Transaction,
  { chatId, userId, role }: Pick<Membership, 'chatId' | 'userId' | 'role'>,
  { entries, showing }: { entries: RoomEntry[]; showing: Showing },
) => {
  const chat = await findChat(reader, chatId);
  if (!chat) throw new Error(`chat ${chatId} has members but is not there`);
  const { items, nextCursor } = await showMembers(reader, {
    chatId,
    kind: chat.kind,
    limit: FIRST_MEMBERS,
    entries,
    showing,
  });
  const memberCount = chat.kind === 'DIRECT' ? 2 : await countMembers(reader, chatId);
  const lastReadSeq = currentPointers(await storedPointers(reader, chatId, [userId]), entries).get(userId) ?? 0;
  const createdAt = chat.createdAt.toISOString();
  return { ...chat, createdAt, role, memberCount, members: items, membersCursor: nextCursor, lastReadSeq };
};
