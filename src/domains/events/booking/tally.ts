import { AppError } from '../../../kernel/errors.ts';
import { freeSeats, isKeptForWaitlist, type Stock } from '../inventory/stock.ts';
import type { OrderedLine } from './order.ts';

/** Seats left while one group of calls is decided, first come first served. The counters' own update has the last word. */
export interface Tally {
  /** Takes the seats of an order, or none. @returns SOLD_OUT naming the line that does not fit, or null */
  take: (lines: readonly OrderedLine[]) => AppError | null;
  /** Types the public can claim nothing of any more. */
  soldOut: () => string[];
}

/** @param forWaitlist counts seats that are kept for who waited too: it is they who take them */
export const createTally = (stock: Stock, { forWaitlist = false } = {}): Tally => {
  let ofEvent = freeSeats(stock.event);
  const ofTypes = new Map(
    [...stock.types.values()].map((type) => {
      const isKept = !forWaitlist && isKeptForWaitlist(stock, type);
      return [type.id, isKept ? 0 : freeSeats(type)];
    }),
  );
  const leftOf = (id: string): number => Math.min(ofEvent, ofTypes.get(id) ?? 0);
  return {
    take: (lines) => {
      const missing = lines.find(({ type, quantity }) => quantity > leftOf(type.id));
      if (missing) return soldOut(missing.type.name, leftOf(missing.type.id));
      const wanted = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      if (wanted > ofEvent) return soldOut(stock.event.title, ofEvent);
      ofEvent -= wanted;
      for (const { type, quantity } of lines) ofTypes.set(type.id, (ofTypes.get(type.id) ?? 0) - quantity);
      return null;
    },
    soldOut: () => [...ofTypes.keys()].filter((id) => leftOf(id) <= 0),
  };
};

export const soldOut = (name: string, left: number): AppError =>
  new AppError('SOLD_OUT', left <= 0 ? `${name} is sold out.` : `Of ${name} only ${left} are left.`);
