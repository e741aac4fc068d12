import type { Upkeep } from '../../kernel/upkeep.ts';

const lastOrdinal = `
  SELECT ordinal FROM messages WHERE chat_id = kept.chat_id ORDER BY seq DESC LIMIT 1`;

/**
 * Keeps what posts and chats count. Numbers of a chat may run ahead of its rows: a message that was sent twice under one
 * client id took two numbers and left one row. So only what cannot be is a difference.
 */
export const socialUpkeep: Upkeep = {
  recounts: [
    {
      table: 'posts',
      key: { id: 'uuid' },
      columns: ['like_count', 'comment_count'],
      truth: `
        SELECT (SELECT count(*)::int FROM post_likes WHERE post_id = kept.id) AS like_count,
          (SELECT count(*)::int FROM comments WHERE post_id = kept.id AND deleted_at IS NULL) AS comment_count`,
    },
    {
      table: 'chat_message_sequences',
      key: { chat_id: 'uuid' },
      columns: ['last_seq', 'last_ordinal'],
      truth: `
        SELECT greatest(kept.last_seq, (SELECT seq FROM messages WHERE chat_id = kept.chat_id ORDER BY seq DESC LIMIT 1)) AS last_seq,
          greatest(kept.last_ordinal, (${lastOrdinal})) AS last_ordinal`,
    },
    {
      // Unread messages are the chat's last ordinal less this one.
      table: 'chat_participants',
      key: { chat_id: 'uuid', user_id: 'uuid' },
      columns: ['last_read_ordinal'],
      truth: `
        SELECT least(greatest(kept.last_read_ordinal, coalesce(before.live, before.old, 0)),
          coalesce(after.ordinal - 1, chat.last_ordinal, 0)) AS last_read_ordinal
        FROM (SELECT
            (SELECT ordinal FROM messages WHERE chat_id = kept.chat_id AND seq <= kept.last_read_seq ORDER BY seq DESC LIMIT 1) AS live,
            (SELECT ordinal FROM archive.messages WHERE chat_id = kept.chat_id AND seq <= kept.last_read_seq ORDER BY seq DESC LIMIT 1) AS old
          ) AS before
        LEFT JOIN LATERAL (
          (SELECT ordinal FROM archive.messages WHERE chat_id = kept.chat_id AND seq > kept.last_read_seq ORDER BY seq LIMIT 1)
          UNION ALL
          (SELECT ordinal FROM messages WHERE chat_id = kept.chat_id AND seq > kept.last_read_seq ORDER BY seq LIMIT 1)
          ORDER BY ordinal LIMIT 1) AS after ON true
        LEFT JOIN chat_message_sequences AS chat ON chat.chat_id = kept.chat_id`,
    },
    {
      table: 'messages',
      key: { chat_id: 'uuid', seq: 'bigint' },
      columns: ['reactions'],
      truth: `
        SELECT coalesce(jsonb_object_agg(emoji, total), '{}') AS reactions
        FROM (SELECT emoji, count(*) AS total FROM message_reactions
              WHERE chat_id = kept.chat_id AND seq = kept.seq GROUP BY emoji) AS counted`,
    },
  ],
  purged: ['posts', 'comments', 'stories'],
  notPurged: { messages: 'a deleted message is an empty row that keeps the chat’s numbers without gaps' },
  emptied: { comments: `body = '-'` },
  retention: [{ name: 'stories', table: 'stories', keepDays: 7, where: 'kept.expires_at < $1' }],
  fileColumns: [
    { table: 'chats', column: 'avatar_asset_id' },
    { table: 'stories', column: 'media_asset_id' },
    { table: 'archive.messages', column: 'asset_ids', isArray: true },
  ],
  dailyNumbers: [{ name: 'posts.written', table: 'posts', at: 'created_at' }],
};
