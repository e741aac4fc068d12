import { AppError } from '../../../kernel/errors.ts';
import type { EarlyCall } from '../../../kernel/handler.ts';
import type { SoldOut, Wish } from '../inventory/sold-out.store.ts';

/**
 * Answers SOLD_OUT on the node while a worker's mark says so. A call whose key was used before always reaches a worker,
 * for its first one may have got a seat. Without Redis everybody is let through.
 */
export const refuseSoldOut =
  (soldOut: Pick<SoldOut, 'screen'>) =>
  async (calls: readonly EarlyCall[]): Promise<(AppError | null)[]> => {
    const [first] = calls.map(orderOf);
    if (!first) return [];
    const refusal = new AppError('SOLD_OUT', 'These seats are sold out.');
    // All are about one event: it is what they are grouped by.
    const areInVain = await soldOut.screen(first.eventId, calls.map(wishOf));
    return areInVain.map((isInVain) => (isInVain ? refusal : null));
  };

// Safe: the contract's schema has parsed the input.
const orderOf = ({ input }: EarlyCall) => input as { eventId: string; items: { ticketTypeId: string }[] };

const wishOf = (asked: EarlyCall): Wish => {
  const { actor, idempotencyKey } = asked.call;
  return {
    ticketTypeIds: orderOf(asked).items.map(({ ticketTypeId }) => ticketTypeId),
    key: idempotencyKey === undefined ? null : `${actor?.userId ?? ''} ${idempotencyKey}`,
  };
};
