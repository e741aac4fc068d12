import type { ChatRole } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Position } from '../../../platform/rooms/log.ts';
import { plainArray } from './array-literal.rules.ts';

interface Joining {
  chatId: string;
  userIds: string[];
  role: ChatRole;
  /** Where the chat's log ends; null for a chat in which nobody can have written. */
  end: Pick<Position, 'seq' | 'ordinal'> | null;
  now: Date;
}

/**
 * Makes people members, also those who were before; whether others may bring them back is for the caller to say. What was said until now counts as read by them, though they may
 * read it: what is stored, and what the log holds beyond it.
 * @returns those who were not members already
 */
export const joinMembers = async (tx: Transaction, { chatId, userIds, role, end, now }: Joining): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ user_id: string }[]>`
    INSERT INTO chat_participants AS stored (chat_id, user_id, role, joined_at, last_read_seq, last_read_ordinal)
    SELECT ${chatId}::uuid, user_id, ${role}::chat_role, ${now}::timestamptz, 
      greatest(s.last_seq, ${end?.seq ?? 0}::bigint), greatest(s.last_ordinal, ${end?.ordinal ?? 0}::bigint)
    FROM unnest(${plainArray(userIds)}::uuid[]) AS joining (user_id)
    LEFT JOIN chat_message_sequences AS s ON s.chat_id = ${chatId}::uuid
    ON CONFLICT (chat_id, user_id) DO UPDATE SET
      role = excluded.role,
      joined_at = excluded.joined_at,
      left_at = NULL,
      left_by_choice = false,
      hidden_at_ordinal = NULL,
      is_marked_unread = false,
      last_read_seq = greatest(stored.last_read_seq, excluded.last_read_seq),
      last_read_ordinal = greatest(stored.last_read_ordinal, excluded.last_read_ordinal)
    WHERE stored.left_at IS NOT NULL
    RETURNING user_id`;
  return rows.map((row) => row.user_id);
};

interface Ending {
  chatId: string;
  userId: string;
  /** Whether the person themselves ends it: then others do not make them a member again. */
  byChoice: boolean;
  now: Date;
}

/** Ends a membership. */
export const endMembership = async (tx: Transaction, { chatId, userId, byChoice, now }: Ending): Promise<void> => {
  await tx.chatParticipant.updateMany({
    where: { chatId, userId, leftAt: null },
    data: { leftAt: now, leftByChoice: byChoice, role: 'MEMBER' },
  });
};

export const setRole = async (tx: Transaction, chatId: string, userId: string, role: ChatRole): Promise<void> => {
  await tx.chatParticipant.update({
    where: { chatId_userId: { chatId, userId } },
    data: { role },
    select: { userId: true },
  });
};

/** Makes plain members look after the chat. @returns who does by now: also those who did before */
export const raiseToModerators = async (tx: Transaction, chatId: string, userIds: string[]): Promise<string[]> => {
  const members = { chatId, userId: { in: userIds }, leftAt: null };
  await tx.chatParticipant.updateMany({ where: { ...members, role: 'MEMBER' }, data: { role: 'MODERATOR' } });
  const rows = await tx.chatParticipant.findMany({
    where: { ...members, role: 'MODERATOR' },
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
};
