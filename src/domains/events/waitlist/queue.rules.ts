import { claimable, cutOffOf, freeSeats, type Stock, type StockedType } from '../inventory/stock.rules.ts';

/** Somebody who waits, as the choice sees them. */
export interface WaitingEntry {
  id: string;
  userId: string;
  /** Null takes any type that is sold to everybody. */
  ticketTypeId: string | null;
  quantity: number;
  bypassed: number;
  headSince: Date | null;
}

export interface Choice {
  entry: WaitingEntry;
  ticketTypeId: string;
}

/** What one selection decides. */
export interface Selection {
  chosen: Choice[];
  /** Entries that stand first and do not fit, with how often they were passed by now. */
  heads: { id: string; bypassed: number }[];
}

/** Smaller entries that may pass one that stands first and does not fit. */
export const MAX_BYPASSES = 3;
/** After so long at the head, what comes free is kept for it. */
export const HEAD_PATIENCE_MS = 6 * 3_600_000;

const MIN_OFFER_MS = 15 * 60_000;
const MAX_OFFER_MS = 24 * 3_600_000;

/** When an offer made now lapses: the nearer the start, the sooner; and with the sale, which ends with the event at the latest. */
export const offerEnd = (
  { event, now }: Pick<Stock, 'event' | 'now'>,
  { salesEndAt }: Pick<StockedType, 'salesEndAt'>,
): Date => {
  const { startDate, endDate, registrationClosesAt } = event;
  const quarterMs = (startDate.getTime() - now.getTime()) / 4;
  const usualMs = now.getTime() + Math.min(MAX_OFFER_MS, Math.max(MIN_OFFER_MS, quarterMs));
  const ends = [now < startDate ? startDate : endDate, registrationClosesAt, salesEndAt];
  return new Date(Math.min(usualMs, ...ends.flatMap((end) => end?.getTime() ?? [])));
};

/**
 * Chooses who is offered what is free, in the order given (W3). A group gets all of its seats or waits on. Who stands
 * first and needs more than is free may be passed by smaller entries that compete for the same seats, `MAX_BYPASSES`
 * times or for `HEAD_PATIENCE_MS`; then seats are kept for it, until the cut-off.
 * @param isEligible false for an entry that may not hold the type, such as a second claim of one that is sold once, or more
 * than it has seats; an entry that may hold none keeps its place and stands in nobody’s way
 */
export const selectWaiting = (
  stock: Stock,
  entries: readonly WaitingEntry[],
  isEligible: (entry: WaitingEntry, type: StockedType) => boolean,
): Selection => {
  const left = createLeft(stock);
  const hasReserves = stock.now < cutOffOf(stock.event);
  const chosen: Choice[] = [];
  const heads: Head[] = [];
  const claims = new Set<string>();
  for (const entry of entries) {
    const mayHold = (type: StockedType): boolean =>
      isEligible(entry, type) && !claims.has(`${entry.userId} ${type.id}`);
    const types = left.typesFor(entry).filter(mayHold);
    if (types.length === 0) continue;
    const fitting = types.find((type) => left.of(type) >= entry.quantity);
    if (!fitting) {
      heads.push({ entry, bypassed: entry.bypassed, types: new Set(types.map(({ id }) => id)) });
      continue;
    }
    const passed = heads.filter((head) => competes(head, fitting, left));
    if (hasReserves && passed.some((head) => isKeptFor(head, stock.now))) continue;
    const [first] = passed;
    if (first) first.bypassed += 1;
    left.take(fitting, entry.quantity);
    claims.add(`${entry.userId} ${fitting.id}`);
    chosen.push({ entry, ticketTypeId: fitting.id });
  }
  return { chosen, heads: heads.map(({ entry, bypassed }) => ({ id: entry.id, bypassed })) };
};

interface Head {
  entry: WaitingEntry;
  bypassed: number;
  /** Types any of which would do. */
  types: ReadonlySet<string>;
}

interface Left {
  of: (type: StockedType) => number;
  take: (type: StockedType, quantity: number) => void;
  typesFor: (entry: WaitingEntry) => StockedType[];
  ofEvent: () => number;
}

const createLeft = (stock: Stock): Left => {
  let ofEvent = freeSeats(stock.event);
  const taken = new Map<string, number>();
  const anyTypes = [...stock.types.values()]
    .filter(({ visibility, status }) => visibility === 'PUBLIC' && status === 'ON_SALE')
    .sort((a, b) => a.sortOrder - b.sortOrder || (a.id < b.id ? -1 : 1));
  return {
    of: (type) => Math.min(ofEvent, freeSeats(type) - (taken.get(type.id) ?? 0), claimable(stock, type)),
    ofEvent: () => ofEvent,
    take: (type, quantity) => {
      ofEvent -= quantity;
      taken.set(type.id, (taken.get(type.id) ?? 0) + quantity);
    },
    typesFor: ({ ticketTypeId }) => {
      if (ticketTypeId === null) return anyTypes;
      const type = stock.types.get(ticketTypeId);
      return type?.status === 'ON_SALE' ? [type] : [];
    },
  };
};

/** Whether seats of the type are seats the head waits for: of a type it takes, or of an event that is short of them. */
const competes = ({ entry, types }: Head, type: StockedType, left: Left): boolean =>
  types.has(type.id) || left.ofEvent() < entry.quantity;

const isKeptFor = ({ entry, bypassed }: Head, now: Date): boolean =>
  bypassed >= MAX_BYPASSES ||
  (entry.headSince !== null && now.getTime() - entry.headSince.getTime() > HEAD_PATIENCE_MS);
