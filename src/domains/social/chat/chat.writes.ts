import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';

/** What makes the DIRECT chat of a pair unique. */
export const directKeyOf = (userId: string, otherId: string): string => [userId, otherId].sort().join(':');

interface Opening {
  kind: 'DIRECT' | 'GROUP';
  title: string | null;
  /** Only for DIRECT. */
  directKey: string | null;
  openedBy: string;
  now: Date;
}

/** @returns the new chat's id, or null when the pair has a chat already, also one opened at this very moment */
export const insertChat = async (tx: Transaction, opening: Opening): Promise<string | null> => {
  const { kind, title, directKey, openedBy, now } = opening;
  const id = newId();
  // Waits for whoever is opening the same pair's chat, then finds it.
  const inserted = await tx.$executeRaw`
    INSERT INTO chats (id, kind, title, direct_key, created_by, created_at)
    VALUES (${id}::uuid, ${kind}::chat_kind, ${title}, ${directKey}, ${openedBy}::uuid, ${now}::timestamptz)
    ON CONFLICT (direct_key) DO NOTHING`;
  return inserted === 1 ? id : null;
};

/**
 * Holds everyone else who changes the chat's membership until the transaction ends. Messages go on being stored: their
 * foreign keys do not need this lock.
 */
export const lockMembership = async (tx: Transaction, chatId: string): Promise<void> => {
  await tx.$executeRaw`SELECT 1 FROM chats WHERE id = ${chatId}::uuid FOR NO KEY UPDATE`;
};
