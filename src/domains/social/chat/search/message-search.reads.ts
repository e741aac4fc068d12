import { Prisma } from '../../../../generated/prisma/client.ts';
import type { Transaction } from '../../../../platform/db/client.ts';
import type { Search } from '../../../../platform/db/search/find-page.ts';
import { asQuery } from '../../../../platform/db/search/words.ts';
import { visibleUnless } from '../../../../platform/db/visible.ts';
import { plainArray } from '../array-literal.rules.ts';
import { toView, type ViewRow, viewColumns } from '../message.reads.ts';
import type { MessageView } from '../overlay.rules.ts';

/** Chats looked through at once, the latest joined first; a search of one chat reaches all others. */
const MAX_CHATS = 500;

/** Messages that were not deleted. */
const visibleMessage = visibleUnless('deletedAt');

/** The chats somebody is in now. */
export const chatsOf = async (reader: Pick<Transaction, 'chatParticipant'>, userId: string): Promise<string[]> => {
  const rows = await reader.chatParticipant.findMany({
    where: { userId, leftAt: null },
    orderBy: [{ joinedAt: 'desc' }, { chatId: 'desc' }],
    take: MAX_CHATS,
    select: { chatId: true },
  });
  return rows.map(({ chatId }) => chatId);
};

export interface MessageSearch {
  words: string;
  /** What was asked: one chat, or all of the caller's. */
  chatId: string | undefined;
  /** Where it leads to. */
  chatIds: string[];
  cursor: string | undefined;
  limit: number;
}

/** Places of messages in these chats by their words, newest first. */
export const messageSearch = ({ words, chatId, chatIds, cursor, limit }: MessageSearch): Search => ({
  words,
  exact: {
    columns: Prisma.sql`m.chat_id, m.seq::float8 AS seq`,
    from: Prisma.sql`messages AS m`,
    // As the index `messages_search_idx` has it.
    where: Prisma.sql`m.chat_id = ANY (${plainArray(chatIds)}::uuid[])
      AND search_document(m.body) @@ ${asQuery(words)} AND ${visibleMessage.sql('m')}`,
    order: { keys: [{ sql: Prisma.sql`m.id`, kind: 'id' }], direction: 'DESC' },
  },
  identity: ['chat.search', words, chatId ?? null],
  cursor,
  limit,
});

/** The stored messages at these places, with the viewer's own reactions; in no order. */
export const messageViews = async (
  reader: Pick<Transaction, '$queryRaw'>,
  places: { chatId: string; seq: number }[],
  viewerId: string,
): Promise<MessageView[]> => {
  const rows = await reader.$queryRaw<ViewRow[]>`
    SELECT ${viewColumns(viewerId)}
    FROM messages AS m
    JOIN unnest(
      ${plainArray(places.map(({ chatId }) => chatId))}::uuid[],
      ${plainArray(places.map(({ seq }) => seq))}::bigint[]
    ) AS place (chat_id, seq) ON m.chat_id = place.chat_id AND m.seq = place.seq`;
  return rows.map(toView);
};
