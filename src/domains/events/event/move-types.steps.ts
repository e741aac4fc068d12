import type { Transaction } from '../../../platform/db/client.ts';
import { presentFields } from '../times.rules.ts';
import { movedWindows, type Windows, windowsIn } from '../windows.rules.ts';
import { changesOf } from './changes.rules.ts';
import type { EventRow, TicketTypeRow } from './event.reads.ts';
import { updateTicketType } from './ticket-types/ticket-type.writes.ts';

/** How the windows of a kind of ticket move with the start of its event. */
export type MoveType = (type: TicketTypeRow) => Windows;

/** Keeps the windows of each kind of ticket as far from the start as they were. */
export const moving =
  (move: Parameters<typeof movedWindows>[1]): MoveType =>
  (type) =>
    movedWindows(windowsIn(type), move);

/** Moves the windows of an event's kinds of tickets, those that are sold included. @returns whether one changed */
export const moveTypes = async (
  tx: Transaction,
  event: Pick<EventRow, 'id' | 'ticketTypes'>,
  { moveType, now }: { moveType: MoveType; now: Date },
): Promise<boolean> => {
  const moved = event.ticketTypes.flatMap((type) => {
    const changes = changesOf(presentFields(moveType(type)), type);
    return Object.keys(changes).length > 0 ? [{ id: type.id, changes }] : [];
  });
  for (const { id, changes } of moved) await updateTicketType(tx, id, { ...changes, updatedAt: now });
  return moved.length > 0;
};
