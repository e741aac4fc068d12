import pg from 'pg';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../support/databases.ts';

/** Every table that rooms' entries are stored in. */
const TABLES = ['chat_message_sequences', 'chat_participants', 'message_reactions', 'message_revisions', 'messages'];
/** Changed beside them, in columns of pictures that are there already. */
const PICTURES = 'media_assets';

const BY_SCHEMA = 'the input’s schema';
const BY_SCRIPT = 'the script that appends gives the number';
const BY_STORING = 'written by storing itself, out of what is listed here';
const UNTOUCHED = 'not written, or never from an entry';
const ONE_OF_THEM = 'a repeat is left as it is, ON CONFLICT';
const MEMBER =
  'only members append: the account and the chat are there, and neither is deleted while the chat has them';

/** How what the column's type or its NOT NULL would refuse is kept from being acknowledged. */
const COLUMNS: Record<string, string> = {
  'chat_message_sequences.chat_id uuid!': MEMBER,
  'chat_message_sequences.epoch text!': BY_SCRIPT,
  'chat_message_sequences.last_seq bigint!': BY_SCRIPT,
  'chat_message_sequences.last_ordinal bigint!': BY_SCRIPT,
  'chat_message_sequences.last_message_at timestamp(3) with time zone': BY_SCRIPT,
  'chat_message_sequences.archived_seq bigint!': UNTOUCHED,
  'chat_participants.chat_id uuid!': UNTOUCHED,
  'chat_participants.user_id uuid!': UNTOUCHED,
  'chat_participants.role chat_role!': UNTOUCHED,
  'chat_participants.joined_at timestamp(3) with time zone!': UNTOUCHED,
  'chat_participants.left_at timestamp(3) with time zone': UNTOUCHED,
  'chat_participants.left_by_choice boolean!': UNTOUCHED,
  'chat_participants.last_read_seq bigint!': 'chat.read is refused beyond the end, in its script',
  'chat_participants.last_read_ordinal bigint!': BY_STORING,
  'chat_participants.notification_level chat_notification_level!': UNTOUCHED,
  'chat_participants.muted_until timestamp(3) with time zone': UNTOUCHED,
  'chat_participants.silenced_until timestamp(3) with time zone': UNTOUCHED,
  'chat_participants.hidden_at_ordinal bigint': UNTOUCHED,
  'chat_participants.is_marked_unread boolean!': BY_STORING,
  'message_reactions.chat_id uuid!': BY_STORING,
  'message_reactions.seq bigint!': BY_STORING,
  'message_reactions.emoji text!': BY_SCHEMA,
  'message_reactions.user_id uuid!': MEMBER,
  'message_reactions.created_at timestamp(3) with time zone!': BY_SCRIPT,
  'message_revisions.chat_id uuid!': BY_STORING,
  'message_revisions.seq bigint!': BY_STORING,
  'message_revisions.replaced_by bigint!': BY_SCRIPT,
  'message_revisions.body text!': BY_STORING,
  'message_revisions.editor_id uuid!': MEMBER,
  'message_revisions.created_at timestamp(3) with time zone!': BY_SCRIPT,
  'messages.chat_id uuid!': MEMBER,
  'messages.seq bigint!': BY_SCRIPT,
  'messages.id uuid!': 'made by the server',
  'messages.sender_id uuid!': MEMBER,
  'messages.client_id uuid!': BY_SCHEMA,
  'messages.ordinal bigint!': BY_SCRIPT,
  'messages.body text!': 'the input’s schema: neither NUL nor half a character, 4,000 at most',
  'messages.is_forwarded boolean!': 'by whether the message is one, as the node says',
  'messages.forwarded_from uuid': 'an account’s id as the node read it, without a foreign key',
  'messages.reply_to_seq bigint': 'refused in the script unless it is an earlier number',
  'messages.sent_at timestamp(3) with time zone!': BY_SCRIPT,
  'messages.edited_at timestamp(3) with time zone': BY_SCRIPT,
  'messages.deleted_at timestamp(3) with time zone': BY_SCRIPT,
  'messages.applied_seq bigint!': BY_SCRIPT,
  'messages.reactions jsonb!': 'emoji by the input’s schema, totals by the script',
};

/** How what a constraint, a unique index or a trigger would refuse is kept from being acknowledged. */
const RULES: Record<string, string> = {
  chat_message_sequences_archived_check: 'last_seq only rises',
  chat_message_sequences_chat_id_fkey: MEMBER,
  chat_message_sequences_counts_check: 'an ordinal is given with a number, never without',
  chat_message_sequences_pkey: ONE_OF_THEM,
  chat_participants_chat_id_fkey: UNTOUCHED,
  chat_participants_pkey: UNTOUCHED,
  chat_participants_pointer_check: 'pointers only rise, and lie at a number that was given',
  chat_participants_user_id_fkey: UNTOUCHED,
  media_assets_attempts_check: UNTOUCHED,
  media_assets_chat_id_message_seq_fkey: 'attached by a join with the stored message',
  media_assets_event_id_fkey: UNTOUCHED,
  media_assets_hash_check: UNTOUCHED,
  media_assets_message_check: 'both are written together',
  media_assets_owner_id_fkey: UNTOUCHED,
  media_assets_pkey: UNTOUCHED,
  media_assets_post_id_fkey: UNTOUCHED,
  media_assets_ready_check: UNTOUCHED,
  media_assets_rejection_check: UNTOUCHED,
  media_assets_review_id_fkey: UNTOUCHED,
  media_assets_size_check: UNTOUCHED,
  media_assets_storage_key_key: UNTOUCHED,
  media_assets_stored_check: UNTOUCHED,
  message_reactions_chat_id_seq_fkey: 'only what changes a stored message is written',
  message_reactions_pkey: ONE_OF_THEM,
  message_reactions_user_id_fkey: MEMBER,
  message_revisions_chat_id_seq_fkey: 'only what changes a stored message is written',
  message_revisions_editor_id_fkey: MEMBER,
  message_revisions_order_check: 'only entries after the last applied one are applied',
  message_revisions_pkey: ONE_OF_THEM,
  messages_chat_id_fkey: MEMBER,
  messages_pkey: 'a new epoch goes on above every number given before',
  messages_place_check: 'numbers from the script, which refuses a reply to a later one',
  messages_sender_id_client_id_chat_id_key: 'a repeat is found before it is appended',
  messages_sender_id_fkey: MEMBER,
};

test('nothing that storing can violate is unknown to those who acknowledge', async () => {
  const sql = new pg.Client({ connectionString: await freshDatabase() });
  await sql.connect();
  const columns = await sql.query<{ name: string }>(
    `SELECT relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN '!' ELSE '' END AS name
     FROM pg_attribute JOIN pg_class AS r ON r.oid = attrelid
     WHERE attnum > 0 AND NOT attisdropped AND relnamespace = 'public'::regnamespace AND relname = ANY($1)`,
    [TABLES],
  );
  const rules = await sql.query<{ name: string }>(
    `WITH written AS (
       SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY($1))
     SELECT conname AS name FROM pg_constraint
     WHERE conrelid IN (SELECT oid FROM written) AND contype <> 'n' AND conparentid = 0
     UNION SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid IN (SELECT oid FROM written) AND indisunique
     UNION SELECT tgname FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM written) AND NOT tgisinternal`,
    [[...TABLES, PICTURES]],
  );
  await sql.end();
  const sorted = (names: string[]) => [...names].sort();
  expect(sorted(columns.rows.map(({ name }) => name))).toEqual(sorted(Object.keys(COLUMNS)));
  expect(sorted(rules.rows.map(({ name }) => name))).toEqual(sorted(Object.keys(RULES)));
});
