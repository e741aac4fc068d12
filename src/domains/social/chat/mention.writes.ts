import type { Transaction } from '../../../platform/db/client.ts';
import { recordFact } from '../../../platform/facts/outbox.ts';
import { hereCalled, mentioned } from '../facts.ts';
import { plainArray } from './array-literal.rules.ts';
import type { Mentions } from './mention.rules.ts';
import type { MessageState } from './message-state.rules.ts';

/**
 * Stores whom messages name, and tells of it once for each of them. Harmless to repeat: whoever is stored already is told of no
 * second time. Of a message that is not there nothing is stored.
 */
export const insertMentions = async (tx: Transaction, messages: readonly Mentions[]): Promise<void> => {
  const naming = messages.filter(({ mentionIds }) => mentionIds.length > 0);
  if (naming.length === 0) return;
  const rows = naming.flatMap(({ chatId, seq, mentionIds }) => mentionIds.map((userId) => ({ chatId, seq, userId })));
  const stored = await tx.$queryRaw<{ chat_id: string; seq: bigint; user_id: string }[]>`
    INSERT INTO chat_mentions (chat_id, seq, user_id)
    SELECT named.chat_id, named.seq, named.user_id
    FROM unnest(
      ${plainArray(rows.map(({ chatId }) => chatId))}::uuid[],
      ${plainArray(rows.map(({ seq }) => seq))}::bigint[],
      ${plainArray(rows.map(({ userId }) => userId))}::uuid[]
    ) AS named (chat_id, seq, user_id)
    JOIN messages AS m ON m.chat_id = named.chat_id AND m.seq = named.seq AND m.deleted_at IS NULL
    JOIN users AS u ON u.id = named.user_id
    ON CONFLICT DO NOTHING
    RETURNING chat_id, seq, user_id`;
  for (const { chatId, seq, id: messageId, senderId } of naming) {
    const userIds = stored.filter((row) => row.chat_id === chatId && Number(row.seq) === seq).map((row) => row.user_id);
    if (userIds.length > 0) await recordFact(tx, mentioned, { chatId, seq, messageId, senderId, userIds });
  }
};

/** Tells of messages that call everybody who is there; who that is, is found out then. */
export const tellOfCalls = async (tx: Transaction, messages: readonly MessageState[]): Promise<void> => {
  for (const { chatId, seq, id: messageId, senderId, callsHere } of messages) {
    if (callsHere) await recordFact(tx, hereCalled, { chatId, seq, messageId, senderId });
  }
};

interface Call extends Pick<MessageState, 'chatId' | 'seq'> {
  messageId: string;
  senderId: string;
  userIds: readonly string[];
}

/** Stores whom a call reached, beside those whom the message names; and tells of it, once for each of them. */
export const insertCalled = async (tx: Transaction, { chatId, seq, userIds, ...message }: Call): Promise<void> => {
  const stored = await tx.$queryRaw<{ user_id: string }[]>`
    INSERT INTO chat_mentions (chat_id, seq, user_id, by_here)
    SELECT ${chatId}::uuid, ${seq}::bigint, called.user_id, true
    FROM unnest(${plainArray([...userIds])}::uuid[]) AS called (user_id)
    WHERE EXISTS (
      SELECT FROM messages WHERE chat_id = ${chatId}::uuid AND messages.seq = ${seq}::bigint AND deleted_at IS NULL)
    ON CONFLICT DO NOTHING
    RETURNING user_id`;
  if (stored.length === 0) return;
  await recordFact(tx, mentioned, { chatId, seq, ...message, userIds: stored.map((row) => row.user_id) });
};

/** Has messages whose text changed name those whom they name now. */
export const replaceMentions = async (tx: Transaction, messages: readonly Mentions[]): Promise<void> => {
  if (messages.length === 0) return;
  const named = messages.flatMap(({ chatId, seq, mentionIds }) =>
    mentionIds.map((userId) => `${chatId} ${seq} ${userId}`),
  );
  await tx.$executeRaw`
    DELETE FROM chat_mentions AS gone
    USING unnest(
      ${plainArray(messages.map(({ chatId }) => chatId))}::uuid[],
      ${plainArray(messages.map(({ seq }) => seq))}::bigint[]
    ) AS changed (chat_id, seq)
    JOIN messages AS m ON m.chat_id = changed.chat_id AND m.seq = changed.seq
    WHERE gone.chat_id = changed.chat_id AND gone.seq = changed.seq
      -- Whom a call reached stays, whatever the words become.
      AND (NOT gone.by_here OR m.deleted_at IS NOT NULL)
      AND NOT (gone.chat_id || ' ' || gone.seq || ' ' || gone.user_id) = ANY (${named}::text[])`;
  await insertMentions(tx, messages);
};
