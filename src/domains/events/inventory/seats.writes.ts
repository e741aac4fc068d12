import type { Transaction } from '../../../platform/db/client.ts';

/** A change of one ticket type's counters, and of its event's by as much. */
export interface SeatMove {
  ticketTypeId: string;
  held: number;
  sold: number;
}

export interface Seats {
  ticketTypeId: string;
  quantity: number;
}

/**
 * Moves seats of one event, all of them or none. Every change of a counter is this conditional update, in the order of
 * locks: the event, then its types. A counter never falls below zero; where seats are claimed, held + sold never passes
 * the capacity of the type nor of the event. Lowering a capacity below what is claimed closes it to claims only.
 * @returns false when something stood in the way: then the transaction must not be kept
 */
const moveSeats = async (tx: Transaction, eventId: string, moves: readonly SeatMove[]): Promise<boolean> => {
  if (moves.length === 0) return true;
  const held = moves.reduce((sum, move) => sum + move.held, 0);
  const sold = moves.reduce((sum, move) => sum + move.sold, 0);
  const inEvent = await tx.$executeRaw`
    UPDATE events SET held = held + ${held}::int, sold = sold + ${sold}::int, current_participants = sold + ${sold}::int
    WHERE id = ${eventId}::uuid AND held + ${held}::int >= 0 AND sold + ${sold}::int >= 0
      AND (${held + sold}::int <= 0 OR max_participants IS NULL OR held + sold + ${held + sold}::int <= max_participants)`;
  if (inEvent !== 1) return false;
  const inTypes = await tx.$executeRaw`
    UPDATE ticket_types AS t SET held = t.held + m.held, sold = t.sold + m.sold
    FROM jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) AS m ("ticketTypeId" uuid, held int, sold int)
    WHERE t.id = m."ticketTypeId" AND t.event_id = ${eventId}::uuid
      AND t.held + m.held >= 0 AND t.sold + m.sold >= 0
      AND (m.held + m.sold <= 0 OR t.capacity IS NULL OR t.held + t.sold + m.held + m.sold <= t.capacity)`;
  return inTypes === moves.length;
};

/** One move a type: the sum of its seats. */
const summed = (seats: readonly Seats[], toMove: (quantity: number) => Omit<SeatMove, 'ticketTypeId'>): SeatMove[] => {
  const byType = new Map<string, number>();
  for (const { ticketTypeId, quantity } of seats) byType.set(ticketTypeId, (byType.get(ticketTypeId) ?? 0) + quantity);
  return [...byType].sort(([a], [b]) => (a < b ? -1 : 1)).map(([ticketTypeId, q]) => ({ ticketTypeId, ...toMove(q) }));
};

/** Claims seats for holds. @returns false when they do not all fit */
export const claimSeats = (tx: Transaction, eventId: string, seats: readonly Seats[]): Promise<boolean> =>
  moveSeats(
    tx,
    eventId,
    summed(seats, (quantity) => ({ held: quantity, sold: 0 })),
  );

/** Claims some seats for holds and sells others at once. @returns false when they do not all fit */
export const claimAndSell = (
  tx: Transaction,
  eventId: string,
  { held, sold }: { held: readonly Seats[]; sold: readonly Seats[] },
): Promise<boolean> => {
  const moves = new Map<string, SeatMove>();
  const add = (kind: 'held' | 'sold', { ticketTypeId, quantity }: Seats): void => {
    const move = moves.get(ticketTypeId) ?? { ticketTypeId, held: 0, sold: 0 };
    moves.set(ticketTypeId, { ...move, [kind]: move[kind] + quantity });
  };
  for (const seats of held) add('held', seats);
  for (const seats of sold) add('sold', seats);
  return moveSeats(
    tx,
    eventId,
    [...moves.values()].sort((a, b) => (a.ticketTypeId < b.ticketTypeId ? -1 : 1)),
  );
};

/** Sells what was held. @throws Error when less was held: the counters would no longer be the sum of the rows */
export const convertSeats = (tx: Transaction, eventId: string, seats: readonly Seats[]): Promise<void> =>
  demand(
    tx,
    eventId,
    summed(seats, (quantity) => ({ held: -quantity, sold: quantity })),
  );

/** Gives up what was held. @throws as `convertSeats` */
export const releaseSeats = (tx: Transaction, eventId: string, seats: readonly Seats[]): Promise<void> =>
  demand(
    tx,
    eventId,
    summed(seats, (quantity) => ({ held: -quantity, sold: 0 })),
  );

/** Takes back what was sold. @throws as `convertSeats` */
export const returnSeats = (tx: Transaction, eventId: string, seats: readonly Seats[]): Promise<void> =>
  demand(
    tx,
    eventId,
    summed(seats, (quantity) => ({ held: 0, sold: -quantity })),
  );

const demand = async (tx: Transaction, eventId: string, moves: SeatMove[]): Promise<void> => {
  if (await moveSeats(tx, eventId, moves)) return;
  throw new Error(`the counters of event ${eventId} do not bear ${JSON.stringify(moves)}`);
};
