import type { Transaction } from '../../../platform/db/client.ts';
import { plainArray } from './array-literal.rules.ts';

/** A message by its place. */
interface Place {
  chatId: string;
  seq: number;
}

/** @returns false when it was pinned already */
export const insertPin = async (
  tx: Transaction,
  { chatId, seq, userId, now }: Place & { userId: string; now: Date },
): Promise<boolean> => {
  const inserted = await tx.$executeRaw`
    INSERT INTO chat_pins (chat_id, seq, pinned_by, pinned_at)
    VALUES (${chatId}::uuid, ${seq}, ${userId}::uuid, ${now}::timestamptz)
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
};

/** Takes messages from the top of their chats. @returns how many were there */
export const unpin = async (tx: Transaction, places: readonly Place[]): Promise<number> => {
  if (places.length === 0) return 0;
  return tx.$executeRaw`
    DELETE FROM chat_pins AS pin
    USING unnest(
      ${plainArray(places.map(({ chatId }) => chatId))}::uuid[],
      ${plainArray(places.map(({ seq }) => seq))}::bigint[]
    ) AS place (chat_id, seq)
    WHERE pin.chat_id = place.chat_id AND pin.seq = place.seq`;
};
