import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { archiveColumns } from '../../../platform/upkeep/archive-columns.ts';

/** A chat's newest messages stay live however old they are: they are what is shown when it is opened. */
const KEPT_LIVE = 100;
/** Chats looked at in one statement. */
const WALKED = 2_000;
/** Chats of which something is moved in one step. */
const DUE = 50;

export interface DueChats {
  /** Those of the walked chats whose oldest live message may go. */
  due: string[];
  /** The last chat walked; null at the end of all chats. */
  last: string | null;
}

/** Looks for chats with old messages from a chat on, in the order of their ids. */
export const findDueChats = async (
  reader: Pick<Database, '$queryRaw'>,
  from: string,
  before: Date,
): Promise<DueChats> => {
  const [row] = await reader.$queryRaw<{ due: string[]; walked: number; last: string | null }[]>`
    WITH walked AS MATERIALIZED (
      SELECT chat_id, last_ordinal FROM chat_message_sequences
      WHERE chat_id >= ${from}::uuid ORDER BY chat_id LIMIT ${WALKED}
    ), due AS (
      SELECT chat_id FROM walked CROSS JOIN LATERAL (
        SELECT sent_at, ordinal FROM messages WHERE messages.chat_id = walked.chat_id ORDER BY seq LIMIT 1) AS oldest
      WHERE oldest.sent_at < ${before} AND oldest.ordinal <= walked.last_ordinal - ${KEPT_LIVE}
      ORDER BY chat_id LIMIT ${DUE}
    )
    SELECT ARRAY(SELECT chat_id::text FROM due ORDER BY chat_id) AS due, (SELECT count(*)::int FROM walked) AS walked,
      (SELECT chat_id::text FROM walked ORDER BY chat_id DESC LIMIT 1) AS last`;
  return { due: row?.due ?? [], last: row && row.walked === WALKED ? row.last : null };
};

/**
 * Moves up to `limit` of a chat's oldest messages into the archive, with their reactions and earlier texts, and says up
 * to where it got. Runs under the row that the persister takes first, so nothing is added to what moves.
 * @returns how many; 0 also when somebody else is at the chat
 */
export const archiveMessages = (
  database: Database,
  chatId: string,
  { before, limit }: { before: Date; limit: number },
): Promise<number> =>
  boundTransaction(database, async (tx) => {
    const [progress] = await tx.$queryRaw<{ last_ordinal: bigint }[]>`
      SELECT last_ordinal FROM chat_message_sequences WHERE chat_id = ${chatId}::uuid FOR NO KEY UPDATE SKIP LOCKED`;
    if (!progress) return 0;
    const lastOrdinal = progress.last_ordinal - BigInt(KEPT_LIVE);
    const [row] = await tx.$queryRawUnsafe<{ count: number }[]>(
      await moveStatement(tx),
      chatId,
      before,
      lastOrdinal,
      limit,
    );
    return row?.count ?? 0;
  });

/** `$1` the chat, `$2` before when, `$3` up to which ordinal, `$4` how many. Nothing is taken from behind what stays. */
const moveStatement = async (tx: Transaction): Promise<string> => {
  const messages = await archiveColumns(tx, 'messages');
  const reactions = await archiveColumns(tx, 'message_reactions');
  const revisions = await archiveColumns(tx, 'message_revisions');
  return `
    WITH old AS (
      SELECT seq FROM (
        SELECT seq, bool_and(sent_at < $2::timestamptz AND ordinal <= $3::bigint) OVER (ORDER BY seq) AS may_go
        FROM (SELECT seq, sent_at, ordinal FROM messages WHERE chat_id = $1::uuid ORDER BY seq LIMIT $4::int) AS oldest
      ) AS candidates WHERE may_go
    ), reactions AS (
      DELETE FROM message_reactions AS live USING old WHERE live.chat_id = $1::uuid AND live.seq = old.seq RETURNING live.*
    ), revisions AS (
      DELETE FROM message_revisions AS live USING old WHERE live.chat_id = $1::uuid AND live.seq = old.seq RETURNING live.*
    ), gone AS (
      DELETE FROM messages AS live USING old WHERE live.chat_id = $1::uuid AND live.seq = old.seq
      RETURNING live.*, ARRAY(SELECT id FROM media_assets AS asset
        WHERE asset.chat_id = live.chat_id AND asset.message_seq = live.seq ORDER BY asset.sort_order) AS asset_ids
    ), moved AS (
      INSERT INTO archive.messages (${messages}, asset_ids) SELECT ${messages}, asset_ids FROM gone
    ), moved_reactions AS (
      INSERT INTO archive.message_reactions (${reactions}) SELECT ${reactions} FROM reactions
    ), moved_revisions AS (
      INSERT INTO archive.message_revisions (${revisions}) SELECT ${revisions} FROM revisions
    ), noted AS (
      UPDATE chat_message_sequences SET archived_seq = upto.seq FROM (SELECT max(seq) AS seq FROM gone) AS upto
      WHERE chat_id = $1::uuid AND upto.seq IS NOT NULL
    )
    SELECT count(*)::int AS count FROM gone`;
};
