import { AppError } from '../../../kernel/errors.ts';
import type { Call } from '../../../kernel/handler.ts';
import type { SoldOut } from '../inventory/sold-out.store.ts';

/**
 * Answers SOLD_OUT on the node while a worker's mark says so. A call whose key was used before always reaches a worker,
 * for its first one may have got a seat. Without Redis everybody is let through.
 */
export const refuseSoldOut =
  (soldOut: Pick<SoldOut, 'isMarked' | 'noteAsked' | 'wasAsked'>) =>
  async (input: unknown, { actor, idempotencyKey }: Call): Promise<void> => {
    // Safe: the contract's schema has parsed the input.
    const { items } = input as { items: { ticketTypeId: string }[] };
    const types = items.map(({ ticketTypeId }) => ticketTypeId);
    const key = idempotencyKey === undefined ? null : `${actor?.userId ?? ''} ${idempotencyKey}`;
    const isVain = await isInVain(soldOut, types, key).catch(() => false);
    if (isVain) throw new AppError('SOLD_OUT', 'These seats are sold out.');
  };

const isInVain = async (
  soldOut: Pick<SoldOut, 'isMarked' | 'noteAsked' | 'wasAsked'>,
  types: readonly string[],
  key: string | null,
): Promise<boolean> => {
  const [isMarked, wasAsked] = await Promise.all([soldOut.isMarked(types), key !== null && soldOut.wasAsked(key)]);
  if (isMarked) return !wasAsked;
  if (key !== null && !wasAsked) await soldOut.noteAsked(key);
  return false;
};
