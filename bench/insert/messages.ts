import type { RoomBatch } from '../../src/kernel/domain.ts';
import { newId } from '../../src/platform/ids.ts';

/** One message on its way into PostgreSQL. */
export interface Draft {
  chatId: string;
  seq: number;
  id: string;
  senderId: string;
  clientId: string;
  body: string;
  sentAtMs: number;
}

/** Rooms of one transaction, and messages of each: a busy moment as the persister takes it, a thousand entries at most. */
export const ROOMS = 100;
export const MESSAGES_PER_ROOM = 10;
export const BATCH = ROOMS * MESSAGES_PER_ROOM;

const WORDS = 'we meet at the café by the river on friday bring tea and somebody who has never been there before'.split(
  ' ',
);

/** About as long as people write. */
const bodyOf = (n: number): string =>
  Array.from({ length: 6 + (n % 13) }, (_, place) => WORDS[(n * 7 + place * place) % WORDS.length]).join(' ');

/** Batches of new messages for these chats; numbers go on where the chat's last batch ended. */
export const createMessages = (chatIds: readonly string[], senderIds: readonly string[]) => {
  const lastSeq = new Map<string, number>();
  let made = 0;
  const message = (chatId: string): Draft => {
    const seq = (lastSeq.get(chatId) ?? 0) + 1;
    lastSeq.set(chatId, seq);
    made += 1;
    const senderId = senderIds[made % senderIds.length] ?? '';
    return { chatId, seq, id: newId(), senderId, clientId: newId(), body: bodyOf(made), sentAtMs: Date.now() };
  };
  let turn = 0;
  return (): Draft[] => {
    const chats = Array.from({ length: ROOMS }, () => chatIds[turn++ % chatIds.length] ?? '');
    return chats.flatMap((chatId) => Array.from({ length: MESSAGES_PER_ROOM }, () => message(chatId)));
  };
};

/** The same messages as the log of each room hands them to the persister. */
export const asRooms = (drafts: readonly Draft[]): RoomBatch[] => {
  const rooms = new Map<string, RoomBatch>();
  for (const { chatId, seq, id, senderId, clientId, body, sentAtMs } of drafts) {
    const room = rooms.get(chatId) ?? { room: `chat:${chatId}`, id: chatId, epoch: 'bench', entries: [] };
    rooms.set(chatId, room);
    room.entries.push({
      seq,
      signal: 'chat.sent',
      atMs: sentAtMs,
      by: senderId,
      ordinal: seq,
      data: { id, clientId, body },
    });
  }
  return [...rooms.values()];
};
