import type { Transaction } from '../../../platform/db/client.ts';
import { plainArray, textArray } from './array-literal.rules.ts';
import type { MessageState } from './message-state.rules.ts';

/** Stores messages in one statement; those stored before, and repeats of a client id, are left as they are. */
export const insertMessages = async (tx: Transaction, messages: MessageState[]): Promise<void> => {
  if (messages.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO messages (chat_id, seq, id, sender_id, client_id, ordinal, body, reply_to_seq, sent_at, applied_seq,
      is_forwarded, forwarded_from)
    SELECT chat_id, seq, id, sender_id, client_id, ordinal, body, reply_to_seq, to_timestamp(sent_at_ms / 1000), seq,
      is_forwarded, forwarded_from
    FROM unnest(
      ${plainArray(messages.map((message) => message.chatId))}::uuid[],
      ${plainArray(messages.map((message) => message.seq))}::bigint[],
      ${plainArray(messages.map((message) => message.id))}::uuid[],
      ${plainArray(messages.map((message) => message.senderId))}::uuid[],
      ${plainArray(messages.map((message) => message.clientId))}::uuid[],
      ${plainArray(messages.map((message) => message.ordinal))}::bigint[],
      ${textArray(messages.map((message) => message.body))}::text[],
      ${plainArray(messages.map((message) => message.replyToSeq))}::bigint[],
      ${plainArray(messages.map((message) => message.sentAtMs))}::float8[],
      ${plainArray(messages.map((message) => message.forwarded !== null))}::boolean[],
      ${plainArray(messages.map((message) => message.forwarded?.from ?? null))}::uuid[]
    ) AS sent (chat_id, seq, id, sender_id, client_id, ordinal, body, reply_to_seq, sent_at_ms, is_forwarded, forwarded_from)
    ON CONFLICT DO NOTHING`;
};

/** Writes what edits, deletions and reactions made of stored messages; a row that is newer already stays. */
export const updateMessages = async (tx: Transaction, messages: MessageState[]): Promise<void> => {
  if (messages.length === 0) return;
  await tx.$executeRaw`
    UPDATE messages SET
      body = changed.body,
      edited_at = to_timestamp(edited_at_ms / 1000),
      deleted_at = to_timestamp(deleted_at_ms / 1000),
      reactions = changed.reactions,
      applied_seq = changed.applied_seq
    FROM unnest(
      ${plainArray(messages.map((message) => message.chatId))}::uuid[],
      ${plainArray(messages.map((message) => message.seq))}::bigint[],
      ${textArray(messages.map((message) => message.body))}::text[],
      ${plainArray(messages.map((message) => message.editedAtMs))}::float8[],
      ${plainArray(messages.map((message) => message.deletedAtMs))}::float8[],
      ${textArray(messages.map((message) => JSON.stringify(message.reactions)))}::jsonb[],
      ${plainArray(messages.map((message) => message.appliedSeq))}::bigint[]
    ) AS changed (chat_id, seq, body, edited_at_ms, deleted_at_ms, reactions, applied_seq)
    WHERE messages.chat_id = changed.chat_id AND messages.seq = changed.seq
      AND messages.applied_seq < changed.applied_seq`;
};

export interface Revision {
  chatId: string;
  seq: number;
  /** The entry that replaced this text. */
  replacedBy: number;
  body: string;
  editorId: string;
  replacedAtMs: number;
}

/** Keeps texts that were edited or deleted. */
export const insertRevisions = async (tx: Transaction, revisions: Revision[]): Promise<void> => {
  if (revisions.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO message_revisions (chat_id, seq, replaced_by, body, editor_id, created_at)
    SELECT chat_id, seq, replaced_by, body, editor_id, to_timestamp(replaced_at_ms / 1000)
    FROM unnest(
      ${plainArray(revisions.map((revision) => revision.chatId))}::uuid[],
      ${plainArray(revisions.map((revision) => revision.seq))}::bigint[],
      ${plainArray(revisions.map((revision) => revision.replacedBy))}::bigint[],
      ${textArray(revisions.map((revision) => revision.body))}::text[],
      ${plainArray(revisions.map((revision) => revision.editorId))}::uuid[],
      ${plainArray(revisions.map((revision) => revision.replacedAtMs))}::float8[]
    ) AS replaced (chat_id, seq, replaced_by, body, editor_id, replaced_at_ms)
    ON CONFLICT DO NOTHING`;
};
