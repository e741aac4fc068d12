import type { Database } from '../../../platform/db/client.ts';
import { readStock } from '../inventory/stock.reads.ts';
import { buyable, claimable, freeSeats, isKeptForWaitlist, publicSeats } from '../inventory/stock.rules.ts';

const finite = (seats: number): number | null => (Number.isFinite(seats) ? seats : null);

/** How many seats of an event are left, as the public is told; null when there is no such event. */
export const readAvailability = async (database: Pick<Database, '$queryRaw'>, eventId: string) => {
  const stock = await readStock(database, eventId);
  if (!stock) return null;
  const shown = [...stock.types.values()].filter(
    ({ visibility, status }) => visibility === 'PUBLIC' && status !== 'DRAFT',
  );
  const ticketTypes = shown.map((type) => {
    return {
      ticketTypeId: type.id,
      available: finite(buyable(stock, type)),
      seatsHeld: finite(claimable(stock, type) - publicSeats(stock, type)) ?? 0,
    };
  });
  const isKept = shown.length > 0 && shown.every((type) => isKeptForWaitlist(stock, type));
  const ofTypes = shown.reduce((sum, type) => sum + buyable(stock, type), 0);
  const available = isKept ? 0 : Math.min(freeSeats(stock.event), ofTypes);
  const keptOfTypes = ticketTypes.reduce((sum, { seatsHeld }) => sum + seatsHeld, 0);
  const seatsHeld = Math.min(freeSeats(stock.event), keptOfTypes);
  return { eventId, available: finite(available), seatsHeld, participants: stock.event.sold, ticketTypes };
};
