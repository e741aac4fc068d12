import type { RoomEntry } from '../../../kernel/domain.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { type PictureRow, type Showing, showPicture } from '../../media/api.ts';
import { findChat } from './chat.reads.ts';
import { currentPointers } from './current-pointers.ts';
import { countMembers, type Membership, storedPointers } from './member.reads.ts';
import { findOwnView } from './own-view.reads.ts';
import { showMembers } from './show-members.ts';

const FIRST_MEMBERS = 50;

/** The address of a chat's picture. It is shown small, so its smallest size will do. */
export const avatarUrlOf = (picture: PictureRow | null, showing: Showing): string | null =>
  showPicture(picture, showing)?.sources[0]?.url ?? null;

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
  const { avatarAsset, createdAt, ...shown } = chat;
  const about = {
    avatarUrl: avatarUrlOf(avatarAsset, showing),
    createdAt: createdAt.toISOString(),
    own: await findOwnView(reader, { chatId, userId, now: showing.now }),
  };
  return { ...shown, ...about, role, memberCount, members: items, membersCursor: nextCursor, lastReadSeq };
};
