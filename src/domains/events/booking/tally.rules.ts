import { AppError } from '../../../kernel/errors.ts';
import { freeSeats, isKeptForWaitlist, type Stock } from '../inventory/stock.rules.ts';
import type { OrderedLine } from './order.rules.ts';

/** Seats left while one group of calls is decided, first come first served. The counters' own update has the last word. */
export interface Tally {
  /** SOLD_OUT naming the line of an order that does not fit, or null. */
  missing: (lines: readonly OrderedLine[]) => AppError | null;
  /** Takes the seats of an order that misses none. */
  take: (lines: readonly OrderedLine[]) => void;
  /** Types the public can buy nothing of any more: fewer are left than are sold together. */
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
    missing: (lines) => {
      const short = lines.find(({ type, quantity }) => quantity > leftOf(type.id));
      if (short) return soldOut(short.type.name, leftOf(short.type.id));
      return seatsIn(lines) > ofEvent ? soldOut(stock.event.title, ofEvent) : null;
    },
    take: (lines) => {
      ofEvent -= seatsIn(lines);
      for (const { type, quantity } of lines) ofTypes.set(type.id, (ofTypes.get(type.id) ?? 0) - quantity);
    },
    soldOut: () => [...stock.types.values()].filter((type) => leftOf(type.id) < type.minPerOrder).map(({ id }) => id),
  };
};

const seatsIn = (lines: readonly OrderedLine[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

export const soldOut = (name: string, left: number): AppError =>
  new AppError('SOLD_OUT', left <= 0 ? `${name} is sold out.` : `Of ${name} only ${left} are left.`);
