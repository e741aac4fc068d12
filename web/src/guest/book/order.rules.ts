import type { Output } from '../../../../src/sdk/index.ts';

export type EventToBook = Output<'event.get'>;
export type TypeToBook = EventToBook['ticketTypes'][number];

/** The number of tickets of each kind, by the kind's id. */
export type Quantities = Readonly<Record<string, number>>;

/** Why nobody can take this kind of ticket now; `SOLD_OUT` may still be waited for. */
export type WhyNot = { kind: 'SOON'; at: string } | { kind: 'OVER' | 'PAUSED' | 'SOLD_OUT' };

/** Why an event sells nothing at all now. */
export type WhyClosed =
  | { kind: 'CANCELLED' | 'POSTPONED' | 'OVER' | 'NOT_PUBLISHED' | 'CLOSED' }
  | { kind: 'SOON'; at: string };

const isAfter = (iso: string | null, nowMs: number): iso is string => iso !== null && Date.parse(iso) > nowMs;
const isPast = (iso: string | null, nowMs: number): boolean => iso !== null && Date.parse(iso) <= nowMs;

/** Null while the event can be booked. */
export const whyClosed = (event: EventToBook, nowMs: number): WhyClosed | null => {
  if (event.status === 'CANCELLED' || event.status === 'POSTPONED') return { kind: event.status };
  if (event.status === 'COMPLETED' || isPast(event.endDate, nowMs)) return { kind: 'OVER' };
  if (event.status !== 'PUBLISHED' && event.status !== 'ONGOING') return { kind: 'NOT_PUBLISHED' };
  if (isAfter(event.registrationOpensAt, nowMs)) return { kind: 'SOON', at: event.registrationOpensAt };
  return isPast(event.registrationClosesAt, nowMs) ? { kind: 'CLOSED' } : null;
};

/** Null while this kind of ticket can be taken. */
export const whyNot = (type: TypeToBook, nowMs: number): WhyNot | null => {
  if (type.status === 'CLOSED' || isPast(type.salesEndAt, nowMs)) return { kind: 'OVER' };
  if (type.status !== 'ON_SALE') return { kind: 'PAUSED' };
  if (isAfter(type.salesStartAt, nowMs)) return { kind: 'SOON', at: type.salesStartAt };
  return type.available !== null && type.available < type.minPerOrder ? { kind: 'SOLD_OUT' } : null;
};

/** The quantities that a stepper may have: none, or from the least to the most. */
export const rangeOf = ({ minPerOrder, maxPerOrder, available, oneActivePerUser }: TypeToBook): [number, number] => {
  const most = Math.min(maxPerOrder, available ?? maxPerOrder, oneActivePerUser ? 1 : maxPerOrder);
  return [minPerOrder, most];
};

/** The next quantity up or down: the least comes at once, and below it there is none. */
export const stepped = (quantity: number, by: 1 | -1, [least, most]: [number, number]): number => {
  const next = quantity + by;
  if (by > 0) return Math.min(most, Math.max(least, next));
  return next < least ? 0 : next;
};

/** What an address asks for, such as `?type=…&quantity=2`; one of the only kind where it names none. */
export const askedFor = (search: string, types: readonly TypeToBook[], nowMs: number): Quantities => {
  const asked = new URLSearchParams(search);
  const open = types.filter((type) => whyNot(type, nowMs) === null);
  const named = open.find(({ id }) => id === asked.get('type')) ?? (open.length === 1 ? open[0] : undefined);
  if (!named) return {};
  const [least, most] = rangeOf(named);
  const quantity = Number.parseInt(asked.get('quantity') ?? '1', 10);
  return { [named.id]: Math.min(most, Math.max(least, Number.isNaN(quantity) ? 1 : quantity)) };
};

/** The items of an order, in the order in which the kinds are shown. */
export const itemsOf = (types: readonly TypeToBook[], quantities: Quantities) =>
  types.flatMap(({ id }) => {
    const quantity = quantities[id] ?? 0;
    return quantity > 0 ? [{ ticketTypeId: id, quantity }] : [];
  });

export const countOf = (quantities: Quantities): number =>
  Object.values(quantities).reduce((sum, each) => sum + each, 0);
