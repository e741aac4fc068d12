import { AppError } from '../../../kernel/errors.ts';
import type { Call } from '../../../kernel/handler.ts';
import type { SoldOut } from '../inventory/sold-out.store.ts';

/** Answers SOLD_OUT on the node while a worker's mark says so. Without Redis everybody is let through to a worker. */
export const refuseSoldOut =
  (soldOut: Pick<SoldOut, 'isMarked'>) =>
  async (input: unknown, { actor, idempotencyKey }: Call): Promise<void> => {
    // Safe: the contract's schema has parsed the input.
    const { items } = input as { items: { ticketTypeId: string }[] };
    const types = items.map(({ ticketTypeId }) => ticketTypeId);
    const key = idempotencyKey === undefined ? null : `${actor?.userId ?? ''} ${idempotencyKey}`;
    const isMarked = await soldOut.isMarked(types, key).catch(() => false);
    if (isMarked) throw new AppError('SOLD_OUT', 'These seats are sold out.');
  };
